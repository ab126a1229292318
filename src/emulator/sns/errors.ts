/** Errors of SNS with their modelled names and the codes that clients see. */
import { AwsError, type InputProblem } from '../service.ts';

/** `Invalid parameter: REASON` */
export const invalidParameter = (reason: string): AwsError =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${reason}`, { queryCode: 'InvalidParameter' });

/**
 * What an attribute is refused for by the actions that make something: Subscribe and CreateTopic say of which parameter it was.
 *
 * @param run throws InvalidParameter as the actions that set one attribute say it
 */
export function amongAttributes<T>(run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    const reason = thrown instanceof AwsError ? /^Invalid parameter: (.*)$/s.exec(thrown.message)?.[1] : undefined;
    throw reason === undefined ? thrown : invalidParameter(`Attributes Reason: ${reason}`);
  }
}

/** Where there is more to say than which parameter it was, SNS leaves `Invalid parameter: ` out. */
export const invalidValue = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message, { queryCode: 'InvalidParameter' });

/** Of message attributes and other values that do not fit their type. */
export const parameterValueInvalid = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { queryCode: 'ParameterValueInvalid' });

export const notFound = (what: 'Topic' | 'Subscription' | 'PlatformApplication' | 'Endpoint'): AwsError =>
  new AwsError('NotFoundException', `${what} does not exist`, { queryCode: 'NotFound', status: 404 });

/**
 * @param action as its policies name it: `SNS:Publish`
 * @param isDenied by a statement of the topic's policy, rather than allowed by none; undefined where it is not about that policy
 */
export const authorizationError = (caller: string, action: string, resource: string, isDenied?: boolean): AwsError => {
  const message = `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`;
  const because = isDenied
    ? ' with an explicit deny in a resource-based policy'
    : ` because no resource-based policy allows the ${action} action`;
  return new AwsError('AuthorizationErrorException', `${message}${isDenied === undefined ? '' : because}`, {
    queryCode: 'AuthorizationError',
    status: 403,
  });
};

export const invalidState = (message: string): AwsError =>
  new AwsError('InvalidStateException', `Invalid state: ${message}`, { queryCode: 'InvalidState' });

export const endpointDisabled = (): AwsError =>
  new AwsError('EndpointDisabledException', 'Endpoint is disabled', { queryCode: 'EndpointDisabled' });

export const tagLimitExceeded = (): AwsError =>
  new AwsError('TagLimitExceededException', 'Could not complete request: tag quota of per resource exceeded', {
    queryCode: 'TagLimitExceeded',
  });

export const resourceNotFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { queryCode: 'ResourceNotFound', status: 404 });

export const subscriptionLimitExceeded = (message: string): AwsError =>
  new AwsError('SubscriptionLimitExceededException', message, { queryCode: 'SubscriptionLimitExceeded', status: 403 });

/** The ways a batch is refused as a whole. */
export const batchErrors = {
  empty: (): AwsError =>
    new AwsError('EmptyBatchRequestException', "The batch request doesn't contain any entries.", {
      queryCode: 'EmptyBatchRequest',
    }),
  tooMany: (): AwsError =>
    new AwsError('TooManyEntriesInBatchRequestException', 'The batch request contains more entries than permissible.', {
      queryCode: 'TooManyEntriesInBatchRequest',
    }),
  repeatedId: (): AwsError =>
    new AwsError('BatchEntryIdsNotDistinctException', 'Two or more batch entries in the request have the same Id.', {
      queryCode: 'BatchEntryIdsNotDistinct',
    }),
  invalidId: (): AwsError =>
    new AwsError(
      'InvalidBatchEntryIdException',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
      { queryCode: 'InvalidBatchEntryId' },
    ),
  tooLong: (): AwsError =>
    new AwsError(
      'BatchRequestTooLongException',
      'The length of all the messages put together is more than the limit.',
      { queryCode: 'BatchRequestTooLong' },
    ),
} as const;

/** Input that does not fit its shape, in the words of the service's validation. */
export function refuseInput(problem: InputProblem): AwsError {
  const value = problem.kind === 'missing' ? 'null' : `'${String(problem.value).slice(0, 200)}'`;
  const constraint =
    problem.kind === 'missing'
      ? 'Member must not be null'
      : problem.kind === 'range'
        ? `Member must have value between ${problem.min ?? '-'} and ${problem.max ?? '-'}`
        : `Member must be ${problem.expected}`;
  const field = wordsFor(problem.path);
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value ${value} at '${field}' failed to satisfy constraint: ${constraint}`,
    { queryCode: 'ValidationError' },
  );
}

/**
 * `Entries.1.MessageAttributes.a.DataType` -> `entries.1.member.messageAttributes.a.member.dataType`. The name of a message attribute is
 * the publisher's and stays as it is, dots and all.
 */
function wordsFor(path: string): string {
  const [, before, name, after] = /^(.*?MessageAttributes)\.(.+)\.(\w+)$/.exec(path) ?? [];
  if (before === undefined) return members(path);
  return `${members(before)}.${name}.member.${members(after!)}`;
}

const members = (path: string): string =>
  path
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? `${part}.member` : part.charAt(0).toLowerCase() + part.slice(1)))
    .join('.');
