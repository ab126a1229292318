/**
 * What AWS/SQS and AWS/SNS publish, as AWS's lists of metrics have it: name, unit, dimensions, and the statistics that mean something.
 *
 * All in periods of one minute. Facts only; the traffic that brings each about is in catalogueTraffic.ts.
 */
import type { Statistic } from '../../../../src/core/model/resources.ts';

export interface CatalogueEntry {
  readonly namespace: 'AWS/SQS' | 'AWS/SNS';
  readonly metricName: string;
  readonly unit: 'Count' | 'Seconds' | 'Bytes' | 'None';
  readonly statistics: readonly Statistic[];
  /** Each a set of its own: CloudWatch keeps a metric for each. */
  readonly dimensionSets: readonly (readonly string[])[];
}

const queue = (metricName: string, unit: CatalogueEntry['unit'], statistics: readonly Statistic[]): CatalogueEntry => ({
  namespace: 'AWS/SQS',
  metricName,
  unit,
  statistics,
  dimensionSets: [['QueueName']],
});

const ofAll = [['TopicName'], ['Application'], ['Platform'], ['PhoneNumber']];
const topic = (
  metricName: string,
  unit: CatalogueEntry['unit'],
  statistics: readonly Statistic[],
  dimensionSets: CatalogueEntry['dimensionSets'] = ofAll,
): CatalogueEntry => ({ namespace: 'AWS/SNS', metricName, unit, statistics, dimensionSets });

const level: readonly Statistic[] = ['Maximum', 'Average', 'Minimum'];
const group: readonly Statistic[] = ['Maximum', 'Average'];
const size: readonly Statistic[] = ['Average', 'Maximum', 'Minimum', 'SampleCount'];
const share: readonly Statistic[] = ['Sum', 'Average'];

export const catalogue: readonly CatalogueEntry[] = [
  queue('ApproximateNumberOfMessagesVisible', 'Count', level),
  queue('ApproximateNumberOfMessagesNotVisible', 'Count', level),
  queue('ApproximateNumberOfMessagesDelayed', 'Count', level),
  queue('ApproximateAgeOfOldestMessage', 'Seconds', ['Maximum']),
  queue('NumberOfMessagesSent', 'Count', ['Sum']),
  queue('NumberOfMessagesReceived', 'Count', ['Sum']),
  queue('NumberOfMessagesDeleted', 'Count', ['Sum']),
  queue('NumberOfEmptyReceives', 'Count', ['Sum']),
  queue('SentMessageSize', 'Bytes', size),
  queue('NumberOfDeduplicatedSentMessages', 'Count', ['Sum']),
  queue('ApproximateNumberOfGroupsWithInflightMessages', 'Count', group),
  queue('ApproximateNumberOfNoisyGroups', 'Count', group),
  queue('ApproximateNumberOfMessagesVisibleInQuietGroups', 'Count', group),
  queue('ApproximateNumberOfMessagesNotVisibleInQuietGroups', 'Count', group),
  queue('ApproximateNumberOfMessagesDelayedInQuietGroups', 'Count', group),
  queue('ApproximateAgeOfOldestMessageInQuietGroups', 'Seconds', ['Maximum']),
  topic('NumberOfMessagesPublished', 'Count', ['Sum']),
  topic('NumberOfNotificationsDelivered', 'Count', ['Sum']),
  topic('NumberOfNotificationsFailed', 'Count', share),
  topic('NumberOfNotificationsFilteredOut', 'Count', share),
  topic('NumberOfNotificationsFilteredOut-MessageAttributes', 'Count', share),
  topic('NumberOfNotificationsFilteredOut-MessageBody', 'Count', share),
  topic('NumberOfNotificationsFilteredOut-InvalidAttributes', 'Count', share),
  topic('NumberOfNotificationsFilteredOut-NoMessageAttributes', 'Count', share),
  topic('NumberOfNotificationsFilteredOut-InvalidMessageBody', 'Count', share),
  topic('NumberOfNotificationsRedrivenToDlq', 'Count', share),
  topic('NumberOfNotificationsFailedToRedriveToDlq', 'Count', share),
  topic('PublishSize', 'Bytes', size),
  topic('SMSMonthToDateSpentUSD', 'None', ['Maximum', 'Sum'], [[]]),
  topic('SMSSuccessRate', 'Count', ['Average', 'Sum', 'SampleCount'], [['PhoneNumber'], ['Country', 'SMSType']]),
];
