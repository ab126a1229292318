/**
 * Fields of core's checks in AWS's spelling: who calls an API knows `StepAdjustments[0]`, not `steps[0]`.
 */
const renamed: Readonly<Record<string, string>> = {
  steps: 'StepAdjustments',
  adjustment: 'ScalingAdjustment',
  periodSeconds: 'Period',
  estimatedInstanceWarmupSeconds: 'EstimatedInstanceWarmup',
};

/** `steps[2].adjustment` -> `StepAdjustments[2].ScalingAdjustment` */
export function wireField(field: string): string {
  return field.replaceAll(/[a-z]\w*/gi, (name) => renamed[name] ?? name[0]!.toUpperCase() + name.slice(1));
}
