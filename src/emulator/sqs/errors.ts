/** Errors of SQS with their modelled names and the codes that came before them. */
import { AwsError, type InputProblem } from '../service.ts';

/** Of a value that is refused: enough for whatever AWS would take, and for policies that are nearly right. */
const mostRepeated = 1_024;

const legacy = (name: string): string => `AWS.SimpleQueueService.${name}`;

export const queueDoesNotExist = (): AwsError =>
  new AwsError('QueueDoesNotExist', 'The specified queue does not exist.', {
    queryCode: legacy('NonExistentQueue'),
    queryMessage: 'The specified queue does not exist for this wsdl version.',
  });

/** What GetQueueUrl says of a queue that the caller may not know of, there or not. */
export const queueOutOfReach = (): AwsError =>
  new AwsError('QueueDoesNotExist', 'The specified queue does not exist or you do not have access to it.', {
    queryCode: legacy('NonExistentQueue'),
  });

export const queueNameExists = (attribute: string): AwsError =>
  new AwsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    { queryCode: 'QueueAlreadyExists' },
  );

/** That AWS refuses this is known from its users, the words are not. */
export const queueTagsDiffer = (): AwsError =>
  new AwsError('QueueNameExists', 'A queue already exists with the same name and different tags', {
    queryCode: 'QueueAlreadyExists',
  });

export const queueDeletedRecently = (): AwsError =>
  new AwsError(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    { queryCode: legacy('QueueDeletedRecently') },
  );

export const purgeQueueInProgress = (name: string): AwsError =>
  new AwsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`, {
    queryCode: legacy('PurgeQueueInProgress'),
    status: 403,
  });

export const overLimit = (message: string): AwsError => new AwsError('OverLimit', message, { status: 403 });

export const tooManyInFlight = (): AwsError =>
  overLimit(
    'Too many messages have been received without being deleted.\n' +
      'Please delete your received messages or let them timeout before receiving more.',
  );

/**
 * A front-end error: no service models it. AWS writes the action in small letters.
 *
 * @param action of a batch its single one
 * @param isDenied by a statement of the queue's policy, rather than allowed by none
 */
export const accessDenied = (caller: string, action: string, resource: string, isDenied: boolean): AwsError => {
  const named = `sqs:${action.toLowerCase()}`;
  const because = isDenied
    ? 'with an explicit deny in a resource-based policy'
    : `because no resource-based policy allows the ${named} action`;
  const message = `User: ${caller} is not authorized to perform: ${named} on resource: ${resource} ${because}`;
  return new AwsError('AccessDeniedException', message, { queryCode: 'AccessDenied', status: 403 });
};

/** Of FIFO queues with strict quotas. */
export const requestThrottled = (): AwsError =>
  new AwsError('RequestThrottled', 'Request is throttled.', { status: 403 });

/** Of move tasks only. */
export const resourceNotFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { status: 404 });

/** A queue that a move task needs. @param parameter SourceArn, DestinationArn */
export const noSuchQueue = (parameter: string): AwsError =>
  resourceNotFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);

/** What a move task is given as a queue, and is no ARN at all. @param parameter SourceArn, DestinationArn */
export const notAnArn = (parameter: string): AwsError =>
  invalidParameter(
    `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
  );

/** A text that is no handle. */
export const receiptHandleIsInvalid = (handle: string): AwsError =>
  invalidHandle(`The input receipt handle "${handle.slice(0, mostRepeated)}" is not a valid receipt handle.`);

export const handleOfOtherQueue = (handle: string): AwsError =>
  invalidHandle(`The receipt handle "${handle.slice(0, mostRepeated)}" is not valid for this queue.`);

const invalidHandle = (message: string): AwsError => new AwsError('ReceiptHandleIsInvalid', message, { status: 404 });

/** A handle of this queue that is of no use any more. An entry of a batch hears nothing but the reason, under another code. */
export class SpentHandle extends AwsError {
  readonly inBatch: AwsError;

  constructor(handle: string, reason: string) {
    const { shape, message, queryCode } = invalidValue('ReceiptHandle', handle, reason);
    super(shape, message, { queryCode });
    this.inBatch = invalidHandle(reason);
  }
}

export const expiredHandle = (handle: string): AwsError => new SpentHandle(handle, 'The receipt handle has expired');

export const invalidAddress = (address: string): AwsError =>
  new AwsError('InvalidAddress', `The address ${address.slice(0, 200)} is not valid for this endpoint.`, {
    status: 404,
  });

/** An action that is for the endpoint, asked of a queue's own address. No service models it. */
export const notForQueueAddress = (action: string): AwsError =>
  new AwsError('InvalidAction', `The action ${action} is not valid for this endpoint.`);

export const invalidAttributeName = (name: string, message?: string): AwsError =>
  new AwsError('InvalidAttributeName', message ?? `Unknown Attribute ${name.slice(0, 80)}.`);

export const invalidAttributeValue = (name: string, reason?: string): AwsError =>
  new AwsError(
    'InvalidAttributeValue',
    `Invalid value for the parameter ${name}.${reason === undefined ? '' : ` Reason: ${reason}.`}`,
  );

const otherKindsParameter = 'The request include parameter that is not valid for this queue type';

/** A parameter that only the other kind of queue knows. */
export const notForThisKind = (parameter: string, value: string | number): AwsError =>
  invalidValue(parameter, value, otherKindsParameter);

/** The same of an entry of a batch of a standard queue, which does not hear which parameter it is. */
export const entryNotForThisKind = (): AwsError => invalidParameter(otherKindsParameter);

/** @param inBatch an entry of a batch is refused in slightly other words than a message sent alone */
export const messageTooLong = (limitBytes: number, inBatch = false): AwsError =>
  invalidParameter(
    `One or more parameters ${inBatch ? 'cannot be validated' : 'are invalid'}. Reason: Message must be shorter than ${limitBytes} bytes.`,
  );

/** @param character the first one in the message that no XML document may hold */
export const invalidMessageContents = (character: string): AwsError =>
  new AwsError(
    'InvalidMessageContents',
    `Invalid binary character '#x${character.codePointAt(0)!.toString(16).toUpperCase()}' was found in the message body, ` +
      'the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].',
  );

export const missingParameter = (name: string): AwsError =>
  new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`, {
    queryCode: 'MissingParameter',
  });

/** `Value V for parameter P is invalid. Reason: R.` */
export const invalidValue = (parameter: string, value: string | number, reason: string): AwsError =>
  invalidParameter(
    `Value ${String(value).slice(0, mostRepeated)} for parameter ${parameter} is invalid. Reason: ${reason}.`,
  );

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { queryCode: 'InvalidParameterValue' });

/** The five ways a batch is refused as a whole. */
export const batchErrors = {
  empty: (entryType: string): AwsError =>
    new AwsError('EmptyBatchRequest', `There should be at least one ${entryType} in the request.`, {
      queryCode: legacy('EmptyBatchRequest'),
    }),
  tooMany: (count: number): AwsError =>
    new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${count}.`,
      { queryCode: legacy('TooManyEntriesInBatchRequest') },
    ),
  repeatedId: (id: string): AwsError =>
    new AwsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`, { queryCode: legacy('BatchEntryIdsNotDistinct') }),
  invalidId: (): AwsError =>
    new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      { queryCode: legacy('InvalidBatchEntryId') },
    ),
  tooLong: (bytes: number): AwsError =>
    new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than 1048576 bytes. You have sent ${bytes} bytes.`,
      { queryCode: legacy('BatchRequestTooLong') },
    ),
} as const;

/** Input that does not fit its shape, in the words of SQS. */
export function refuseInput(problem: InputProblem): AwsError {
  switch (problem.kind) {
    case 'missing':
      return missingParameter(problem.path);
    case 'range':
      return outOfRange(problem);
    case 'type':
      return invalidValue(problem.path, problem.value, `Must be ${problem.expected}`);
  }
}

/** The service has other words for times than for counts, and others again for pages and for move tasks. */
function outOfRange({ path, value, ...range }: InputProblem & { readonly kind: 'range' }): AwsError {
  const [min, max] = [range.min ?? '-', range.max ?? '-'];
  switch (path) {
    case 'WaitTimeSeconds':
    case 'VisibilityTimeout':
      return invalidValue(path, value, `Must be >= ${min} and <= ${max}, if provided`);
    case 'MaxNumberOfMessagesPerSecond':
      return unnamedValue(path, `You must enter a number that's between ${min} and ${max}`);
    case 'MaxResults':
      // Ten at most are the move tasks of a queue.
      return max === 10
        ? unnamedValue(path, `You must enter a number that's between ${min} and ${max}`)
        : unnamedValue(path, `${path} must be an integer between ${min} and ${max}`);
    default:
      return invalidValue(path, value, `Must be between ${min} and ${max}, if provided`);
  }
}

/** Of CreateQueue. */
export const mustSpecifyQueueName = (): AwsError => unnamedValue('QueueName', 'Must specify a queue name');

/** As `invalidValue`, of parameters whose value the service does not repeat. */
const unnamedValue = (parameter: string, reason: string): AwsError =>
  invalidParameter(`Value for parameter ${parameter} is invalid. Reason: ${reason}.`);
