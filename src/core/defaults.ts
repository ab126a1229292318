/**
 * What a service takes for a parameter that is not set, and the limits it names: one table for alarms, scaling, Lambda, Kinesis, KEDA and HPA.
 *
 * Keys are `service.part.parameter`, units last. `null` means: not set, which is a value of its own. Modules take their defaults
 * from here, so that a screen, the emulator and a rule cannot disagree. Model choices (MODEL-nn) are not here: they stand as named
 * parameters beside the rule that needs them. Rules: docs/rules/*.md.
 */
export const defaults = {
  // Metric and composite alarms (ALARM-02, ALARM-08, ALARM-19)
  'alarm.treatMissingData': 'missing',
  'alarm.datapointsToAlarm': 'evaluationPeriods',
  'alarm.evaluateLowSampleCountPercentile': 'evaluate',
  'alarm.actionsEnabled': true,
  'alarm.initialState': 'INSUFFICIENT_DATA',
  'alarm.wallClockWindow.timeZone': 'UTC',
  'alarm.evaluationRange.extraPoints': 2,
  'alarm.metricMath.metricsMax': 10,

  // Groups and dynamic policies (STEP-01, WARM-08, COOL-01)
  'asg.policyType': 'SimpleScaling',
  'asg.policyEnabled': true,
  'asg.metricAggregationType': 'Average',
  'asg.stepAdjustmentsMax': 20,
  'asg.minAdjustmentMagnitude': null,
  'asg.estimatedInstanceWarmupSeconds': null,
  'asg.defaultInstanceWarmupSeconds': null,
  'asg.defaultInstanceWarmupMaxSeconds': 3600,
  'asg.effectiveWarmupSeconds': 300,
  'asg.defaultCooldownSeconds': 300,
  'asg.honorCooldown': false,

  // Target tracking (TT-01, TT-06, TT-08)
  'asg.targetTracking.disableScaleIn': false,
  'asg.targetTracking.metricPeriodSeconds': 60,

  // Scheduled and predictive scaling (SCHED-02, SCHED-04, PRED-01, PRED-03, PRED-04)
  'asg.scheduledAction.timeZone': 'Etc/UTC',
  'asg.scheduledActionsMax': 125,
  'predictive.mode': 'ForecastOnly',
  'predictive.schedulingBufferTimeSeconds': 300,
  'predictive.schedulingBufferTimeMaxSeconds': 3600,
  'predictive.maxCapacityBreachBehavior': 'HonorMaxCapacity',
  'predictive.historyMinHours': 24,
  'predictive.historyDays': 14,
  'predictive.forecastHours': 48,
  'predictive.refreshHours': 6,

  // Instances (HOOK-01, POOL-01, HEALTH-01)
  'asg.lifecycleHook.heartbeatTimeoutSeconds': 3600,
  'asg.lifecycleHook.heartbeatTimeoutMinSeconds': 30,
  'asg.lifecycleHook.heartbeatTimeoutMaxSeconds': 7200,
  'asg.lifecycleHook.globalTimeoutMaxSeconds': 172_800,
  'asg.lifecycleHook.defaultResult': 'ABANDON',
  'asg.warmPool.minSize': 0,
  'asg.warmPool.state': 'Stopped',
  'asg.warmPool.maxGroupPreparedCapacity': null,
  'asg.healthCheckGracePeriodSeconds': 0,
  'asg.healthCheckGracePeriodSeconds.api': 0,
  'asg.healthCheckGracePeriodSeconds.console': 300,
  'asg.healthCheckType': 'EC2',
  'asg.newInstancesProtectedFromScaleIn': false,
  'asg.terminationPolicy': 'Default',

  // Application Auto Scaling (AAS-01, AAS-04); per kind of target
  'aas.step.cooldownSeconds': 300,
  'aas.targetTracking.cooldownSeconds': 300,
  'aas.targetTracking.cooldownSeconds.ecs': 300,
  'aas.targetTracking.cooldownSeconds.ec2': 300,
  'aas.targetTracking.cooldownSeconds.rds': 300,
  'aas.targetTracking.cooldownSeconds.sagemaker': 300,
  'aas.targetTracking.cooldownSeconds.custom-resource': 300,
  'aas.targetTracking.cooldownSeconds.elasticache': 600,
  'aas.targetTracking.cooldownSeconds.dynamodb': 0,
  'aas.targetTracking.cooldownSeconds.lambda': 0,
  'aas.targetTracking.cooldownSeconds.cassandra': 0,
  'aas.targetTracking.cooldownSeconds.kafka': 0,
  'aas.targetTracking.cooldownSeconds.comprehend': 0,
  'aas.scheduledAction.timeZone': 'Etc/UTC',

  // SQS (SQSM-01, SQSM-06)
  'sqs.visibilityTimeoutSeconds': 30,
  'sqs.visibilityTimeoutMaxSeconds': 43_200,
  'sqs.delaySeconds': 0,
  'sqs.delayMaxSeconds': 900,
  'sqs.metricPeriodSeconds': 60,

  // Lambda event sources (LSQS-01 to LSQS-06, LKIN-01)
  'lambda.sqs.batchSize': 10,
  'lambda.sqs.maximumBatchingWindowSeconds': 0,
  'lambda.sqs.maximumConcurrency': null,
  'lambda.sqs.initialConcurrency': 5,
  'lambda.sqs.concurrencyPerMinute': 300,
  'lambda.sqs.concurrencyMax': 1250,
  'lambda.sqs.provisioned.minimumPollers': 2,
  'lambda.sqs.provisioned.maximumPollers': 200,
  'lambda.sqs.maxReceiveCountAtLeast': 5,
  'lambda.kinesis.batchSize': 100,
  'lambda.kinesis.parallelizationFactor': 1,

  // Kinesis (KIN-01, KIN-02, KOD-01)
  'kinesis.shard.writeMBps': 1,
  'kinesis.shard.writeRecordsPerSecond': 1000,
  'kinesis.shard.readMBps': 2,
  'kinesis.shard.getRecordsPerSecond': 5,
  'kinesis.updateShardCountPer24h': 10,
  'kinesis.modeSwitchesPer24h': 2,
  'kinesis.onDemand.initialWriteMBps': 4,
  'kinesis.onDemand.initialReadMBps': 8,

  // KEDA and HPA (KEDA-01, KEDA-04, KEDA-05, HPA-01, HPA-03)
  'keda.aws-sqs-queue.queueLength': 5,
  'keda.aws-sqs-queue.activationQueueLength': 0,
  'keda.aws-sqs-queue.scaleOnInFlight': true,
  'keda.aws-sqs-queue.scaleOnDelayed': false,
  'keda.aws-kinesis-stream.shardCount': 2,
  'keda.pollingIntervalSeconds': 30,
  'keda.cooldownPeriodSeconds': 300,
  'keda.minReplicaCount': 0,
  'keda.maxReplicaCount': 100,
  'hpa.tolerance': 0.1,
  'hpa.syncPeriodSeconds': 15,
  'hpa.scaleUp.stabilizationWindowSeconds': 0,
  'hpa.scaleDown.stabilizationWindowSeconds': 300,
  'hpa.scaleUp.percent': 100,
  'hpa.scaleUp.pods': 4,
  'hpa.scaleUp.periodSeconds': 15,
  'hpa.scaleDown.percent': 100,
  'hpa.scaleDown.periodSeconds': 15,
  'hpa.selectPolicy': 'Max',
} as const satisfies Record<string, string | number | boolean | null>;

export type DefaultName = keyof typeof defaults;

/** @returns undefined for a parameter the table does not know */
export function defaultValue(name: string): string | number | boolean | null | undefined {
  return Object.hasOwn(defaults, name) ? defaults[name as DefaultName] : undefined;
}
