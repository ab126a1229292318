/**
 * Requests without a signature that a policy lets in: a queue's or a topic's may allow something to everybody, `"Principal": "*"`.
 *
 * Such a request is then one of the owner's account, which has no right that its own policy denies. Only what exists is looked at:
 * nobody learns from a refusal what there is. Not here: requests that are signed, however badly.
 */
import type { Cloud } from '../cloud.ts';
import { mayCallUnsigned as mayCallTopic } from '../sns/unsigned.ts';
import { mayCallUnsigned as mayCallQueue } from '../sqs/access.ts';
import { parseQueueUrl } from '../sqs/urls.ts';
import { decodeUtf8 } from '../wire/bytes.ts';
import { decodeJson } from '../wire/document.ts';
import { plainBody } from '../wire/inflate.ts';
import { cut, type WireRequest } from '../wire/message.ts';
import { decodeQuery, parseForm } from '../wire/query.ts';
import { type Address, dialectOf } from '../wire/router.ts';
import { structure, text } from '../wire/shapes.ts';

/** By what the actions say which queue or topic they are for. */
const target = structure({
  QueueUrl: text,
  QueueName: text,
  QueueOwnerAWSAccountId: text,
  TopicArn: text,
  TargetArn: text,
});
type Target = Partial<Record<'QueueUrl' | 'QueueName' | 'QueueOwnerAWSAccountId' | 'TopicArn' | 'TargetArn', string>>;

/** Without a signature there is no Region but the port's own. @returns the account to answer for; null: nobody said that everybody may */
export function ownerWhoAllows(request: WireRequest, address: Address, cloud: Cloud): string | null {
  const { service, action, wanted } = address;
  if (service === null || action === null) return null;
  const asked = service.scopeName === 'sqs' || service.scopeName === 'sns' ? readTarget(request, address) : null;
  if (asked === null) return null;
  return service.scopeName === 'sqs' ? ownerOfQueue(asked, wanted, cloud) : ownerOfTopic(asked, wanted, cloud);
}

function ownerOfQueue(asked: Target, action: string, { home, regions }: Cloud): string | null {
  const place =
    action === 'GetQueueUrl'
      ? { accountId: asked.QueueOwnerAWSAccountId ?? null, name: asked.QueueName ?? '' }
      : parseQueueUrl(asked.QueueUrl ?? '');
  if (place === null) return null;
  const ownerId = place.accountId ?? home.accountId;
  const owner = regions().find((one) => one.accountId === ownerId && one.region === home.region);
  const queue = owner?.sqs.queueByName(place.name);
  return queue !== undefined && mayCallQueue(queue, action) ? ownerId : null;
}

function ownerOfTopic({ TopicArn, TargetArn }: Target, action: string, { home, regions }: Cloud): string | null {
  if (TopicArn !== undefined && TargetArn !== undefined) return null;
  const arn = TopicArn ?? TargetArn ?? '';
  for (const { sns, region } of regions()) {
    if (region !== home.region) continue;
    const topic = sns.topicByArn(arn);
    if (topic !== undefined) return mayCallTopic(topic, action) ? topic.accountId : null;
  }
  return null;
}

/** As the action will read it (wire/answer.ts), so that no other one is called than was asked about; null: not to be read. */
function readTarget(request: WireRequest, { dialect, service }: Address): Target | null {
  const { path, headers, body } = request;
  const [address, question] = cut(path);
  try {
    const content = decodeUtf8(plainBody(headers['content-encoding'], body));
    if (content === null) return null;
    if (dialect !== 'query') return decodeJson(target, content);
    const form = dialectOf(headers, address) === 'query' ? parseForm(content) : [];
    const ofPath = Object.entries(service?.ownsPath?.(address) ?? {});
    return decodeQuery(target, new Map([...ofPath, ...parseForm(question), ...form]));
  } catch {
    return null;
  }
}
