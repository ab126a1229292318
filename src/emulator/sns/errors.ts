/** Errors of SNS with their modelled names and the codes that clients see. */
import { AwsError, type InputProblem } from '../service.ts';

/** `Invalid parameter: REASON` */
export const invalidParameter = (reason: string): AwsError =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${reason}`, { queryCode: 'InvalidParameter' });

/** Of message attributes and other values that do not fit their type. */
export const parameterValueInvalid = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { queryCode: 'ParameterValueInvalid' });

export const notFound = (what: 'Topic' | 'Subscription' | 'PlatformApplication' | 'Endpoint'): AwsError =>
  new AwsError('NotFoundException', `${what} does not exist`, { queryCode: 'NotFound', status: 404 });

/** @param action as its policies name it: `SNS:Publish` */
export const authorizationError = (caller: string, action: string, resource: string): AwsError =>
  new AwsError(
    'AuthorizationErrorException',
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`,
    { queryCode: 'AuthorizationError', status: 403 },
  );

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
    new AwsError(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible (more than 10).',
      { queryCode: 'TooManyEntriesInBatchRequest' },
    ),
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
      'The length of all the batch messages put together is more than the limit.',
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
  const field = problem.path.charAt(0).toLowerCase() + problem.path.slice(1);
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value ${value} at '${field}' failed to satisfy constraint: ${constraint}`,
    { queryCode: 'ValidationError' },
  );
}
