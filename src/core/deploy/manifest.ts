/** A KEDA ScaledObject or a HorizontalPodAutoscaler, as a manifest. */
import type { Scaler } from '../contract/scalerShapes.ts';
import type { ReplaySetup } from '../contract/shapes.ts';
import { named } from './shell.ts';

export function manifest(
  { label, group }: ReplaySetup,
  scaler: Extract<Scaler, { kind: 'keda' | 'hpa' }>,
  queueName: string,
): string {
  const { minSize, maxSize } = group;
  const behavior = behaviorOf(scaler);
  const comments = [
    label,
    `kubectl apply -f - after putting in the Deployment's name${scaler.kind === 'keda' ? ", the queue's URL and its region" : ''}`,
    // Account and Region are not known here, and so neither is the domain: each partition has its own.
    ...(scaler.kind === 'keda' ? [`QUEUE_URL: aws sqs get-queue-url ${named('queue-name', queueName)}`] : []),
  ];
  const head = comments.map((comment) => `# ${comment.replaceAll(/[\r\n]+/g, ' ')}\n`).join('');
  const object =
    scaler.kind === 'keda'
      ? {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          metadata: { name: 'spillway-candidate' },
          spec: {
            scaleTargetRef: { name: 'DEPLOYMENT' },
            pollingInterval: scaler.pollingIntervalSeconds,
            cooldownPeriod: scaler.cooldownPeriodSeconds,
            ...(scaler.idleReplicaCount === null ? {} : { idleReplicaCount: scaler.idleReplicaCount }),
            minReplicaCount: minSize,
            maxReplicaCount: maxSize,
            ...(behavior === null ? {} : { advanced: { horizontalPodAutoscalerConfig: { behavior } } }),
            triggers: [
              {
                type: 'aws-sqs-queue',
                metadata: {
                  queueURL: 'QUEUE_URL',
                  awsRegion: 'REGION',
                  queueLength: String(scaler.queueLength),
                  activationQueueLength: String(scaler.activationQueueLength),
                  scaleOnInFlight: String(scaler.scaleOnInFlight),
                },
              },
            ],
          },
        }
      : {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name: 'spillway-candidate' },
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'DEPLOYMENT' },
            minReplicas: Math.max(1, minSize),
            maxReplicas: maxSize,
            metrics: [
              {
                type: 'Resource',
                resource: {
                  name: 'cpu',
                  target: { type: 'Utilization', averageUtilization: Math.round(scaler.targetUtilizationPercent) },
                },
              },
            ],
            ...(behavior === null ? {} : { behavior }),
          },
        };
  // JSON is YAML, and needs no second way of quoting.
  return `${head}${JSON.stringify(object, null, 2)}\n`;
}

function behaviorOf({ behavior }: Extract<Scaler, { kind: 'keda' | 'hpa' }>): object | null {
  if (behavior?.scaleUp === undefined && behavior?.scaleDown === undefined) return null;
  return {
    ...(behavior.scaleUp === undefined ? {} : { scaleUp: behavior.scaleUp }),
    ...(behavior.scaleDown === undefined ? {} : { scaleDown: behavior.scaleDown }),
  };
}
