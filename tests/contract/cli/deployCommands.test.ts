/**
 * A candidate as commands: run by a real shell and the AWS CLI of Debian. Steps, alarms and limits come back from the emulator
 * as the candidate has them; what the emulator does not take is at least understood by the CLI.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSetups } from '../../../src/cli/host/setupFile.ts';
import type { ReplaySetup } from '../../../src/core/contract/shapes.ts';
import { setupCommands } from '../../../src/core/deploy/setupCommands.ts';
import { awsCli, awsJson, clientEnvironment } from '../clients.ts';
import { startTestEmulator } from '../testEmulator.ts';

const examples = path.resolve(import.meta.dirname, '../../../examples/setups');
function example(file: string): ReplaySetup[] {
  const read = readSetups(readFileSync(path.join(examples, file), 'utf8'), file);
  if (!read.ok) throw new Error('an example is wrong');
  return read.setups;
}

/** Runs a script until its first failing command. */
function shell(script: string, environment: Record<string, string>): Promise<{ status: number; err: string }> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    env: { ...clientEnvironment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status: status ?? -1, err }));
  });
}

it.skipIf(awsCli.leftOut)(
  'a candidate of step policies, deployed by its commands, is what the emulator then has',
  async () => {
    const emulator = await startTestEmulator();
    try {
      const { endpoint } = emulator;
      const [morning] = example('morning-schedule.yaml');
      // Names that a shell could take apart, or the CLI take for options and for files to load.
      const { schedule: _, ...plain } = morning!;
      const { hooks: __, warmPool: ___, ...group } = plain.group;
      const [out, inward] = plain.policies;
      const high = { ...out!.alarm, name: 'file:///etc/hostname' };
      const setup: ReplaySetup = {
        ...plain,
        label: 'a\nrm -rf / # label',
        group: { ...group, terminationPolicy: 'NewestInstance', newInstancesProtectedFromScaleIn: true },
        policies: [
          { alarm: high, policy: { ...out!.policy, name: 'it\'s $(touch pwned) `x` "y"' } },
          { alarm: high, policy: { ...out!.policy, name: 'file:///etc/passwd' } },
          { alarm: high, policy: { ...out!.policy, name: '--no-enabled' } },
          inward!,
        ],
      };
      const create = [
        'autoscaling',
        'create-auto-scaling-group',
        '--auto-scaling-group-name',
        'workers',
        '--launch-template',
        'LaunchTemplateName=worker,Version=1',
        '--min-size',
        '1',
        '--max-size',
        '5',
        '--availability-zones',
        'us-east-1a',
      ];
      await awsJson(endpoint, create);
      const script = setupCommands(setup, { queueName: 'orders', groupName: 'workers' });
      const ran = await shell(script, { AWS_ENDPOINT_URL: endpoint });
      expect(ran.err).toBe('');
      expect(ran.status).toBe(0);

      const { AutoScalingGroups: groups } = (await awsJson(endpoint, [
        'autoscaling',
        'describe-auto-scaling-groups',
      ])) as {
        AutoScalingGroups: { MinSize: number; MaxSize: number; DefaultInstanceWarmup: number }[];
      };
      expect(groups).toMatchObject([{ MinSize: 2, MaxSize: 16, DefaultInstanceWarmup: 120 }]);
      const { ScalingPolicies: policies } = (await awsJson(endpoint, ['autoscaling', 'describe-policies'])) as {
        ScalingPolicies: { PolicyName: string; StepAdjustments: object[]; Alarms: { AlarmName: string }[] }[];
      };
      expect(
        policies
          .map(({ PolicyName, StepAdjustments, Alarms }) => [PolicyName, StepAdjustments.length, Alarms[0]?.AlarmName])
          .sort(),
      ).toEqual([
        ['--no-enabled', 2, 'file:///etc/hostname'],
        ['file:///etc/passwd', 2, 'file:///etc/hostname'],
        ['it\'s $(touch pwned) `x` "y"', 2, 'file:///etc/hostname'],
        ['scale-in', 1, 'backlog-low'],
      ]);
      const { MetricAlarms: alarms } = (await awsJson(endpoint, ['cloudwatch', 'describe-alarms'])) as {
        MetricAlarms: { AlarmName: string; Threshold: number; EvaluationPeriods: number; AlarmActions: string[] }[];
      };
      expect(
        alarms.map((alarm) => [alarm.AlarmName, alarm.Threshold, alarm.EvaluationPeriods, alarm.AlarmActions.length]),
      ).toEqual([
        ['backlog-low', 5, 30, 1],
        ['file:///etc/hostname', 50, 1, 3],
      ]);
    } finally {
      await emulator.stop();
    }
  },
);

it.skipIf(awsCli.leftOut).each([
  { file: 'morning-schedule.yaml', at: 0 },
  { file: 'target-tracking.yaml', at: 0 },
  { file: 'services.yaml', at: 0 },
  { file: 'services.yaml', at: 3 },
])('$file, candidate $at: every command has options the AWS CLI knows', { timeout: 60_000 }, async ({ file, at }) => {
  const commands = setupCommands(example(file)[at]!, { queueName: 'orders', groupName: 'workers' });
  // Nobody listens there: a command that was understood gets as far as that. No policy is made, so none has a name to hand on.
  const script = commands.replaceAll(/"\$POLICY_\d+"/g, 'arn:aws:autoscaling:policy');
  const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', CLUSTER: 'shop', SERVICE: 'workers', MAPPING: 'x' };
  const { err } = await shell(`set +e\n${script}`, environment);
  const faults = err
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('Could not connect to the endpoint URL'));
  expect(faults).toEqual([]);
  expect(err.match(/Could not connect/g)?.length).toBe(commands.match(/^(?:POLICY_\d+=\$\()?aws /gm)!.length);
});

it('a candidate for Kubernetes is a manifest that reads as YAML', () => {
  const [, keda, hpa] = example('services.yaml');
  const read = (setup: ReplaySetup) =>
    parse(setupCommands(setup, { queueName: 'orders', groupName: null })) as Record<string, unknown>;
  expect(read(keda!)).toMatchObject({
    kind: 'ScaledObject',
    spec: {
      minReplicaCount: 0,
      maxReplicaCount: 16,
      triggers: [{ type: 'aws-sqs-queue', metadata: { queueLength: '100' } }],
    },
  });
  expect(read(hpa!)).toMatchObject({ kind: 'HorizontalPodAutoscaler', spec: { minReplicas: 1, maxReplicas: 16 } });
});

it('what is not known is asked of the shell', async () => {
  const [tracking] = example('target-tracking.yaml');
  const { status, err } = await shell(setupCommands(tracking!, { queueName: 'orders', groupName: null }), {});
  expect(status).not.toBe(0);
  expect(err).toContain('GROUP: name of the Auto Scaling group');
});
