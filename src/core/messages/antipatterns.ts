/**
 * Antipatterns of scaling: their names, what shows, and what to change, in both languages.
 *
 * Found by src/replay/antipatterns; defined in docs/rules/antipatterns.md.
 */
import { fillTemplate, type Language, type Message } from './index.ts';

export const antipatternNames = {
  flapping: { en: 'Flapping', ko: '플래핑' },
  lateScaleOut: { en: 'Late scale-out', ko: '늦은 확장' },
  scaleInDuringDrain: { en: 'Scale-in during drain', ko: '적체 해소 중 축소' },
  thrashAfterWarmup: { en: 'Thrash after warm-up', ko: '워밍업 직후 축소' },
  clippedAtMax: { en: 'Clipped at the maximum', ko: '최대치에 막힘' },
  ratchet: { en: 'Ratchet', ko: '래칫(줄지 않음)' },
  cpuBlindQueue: { en: 'CPU-blind queue', ko: 'CPU로 보이지 않는 적체' },
  zeroCapacityTrap: { en: 'Zero-capacity trap', ko: '인스턴스 0의 함정' },
  backlogPerInstanceThrash: { en: 'Backlog-per-instance thrash', ko: '인스턴스당 백로그 출렁임' },
} as const satisfies Record<string, Message>;

export type Antipattern = keyof typeof antipatternNames;

/** What shows, in numbers. */
export const antipatternFacts = {
  flapping: {
    en: 'the desired capacity turned {turns} times, {most} times within one hour',
    ko: '원하는 용량의 증감 방향이 {turns}번 바뀌었고, 많을 때는 1시간에 {most}번 바뀌었습니다',
  },
  lateScaleOut: {
    en: '{count} times instances were missing for up to {minutes} min before more were asked for, and the age goal broke',
    ko: '인스턴스가 부족한데도 최대 {minutes}분이 지나서야 늘리기 시작해 대기 시간 목표를 넘긴 일이 {count}번 있었습니다',
  },
  scaleInDuringDrain: {
    en: '{instances} instances were sent away in {count} steps while more waited than the rest can process within the goal',
    ko: '남은 인스턴스로 목표 시간 안에 처리할 수 없는 백로그가 있는데 {count}번에 걸쳐 {instances}개를 줄였습니다',
  },
  thrashAfterWarmup: {
    en: '{count} times at least half of what was launched was sent away within {minutes} min of its launch, and more were asked for within half an hour',
    ko: '새 인스턴스의 절반 이상을 시작한 지 {minutes}분 안에 줄였다가 30분 안에 다시 늘린 일이 {count}번 있었습니다',
  },
  clippedAtMax: {
    en: 'at the maximum of {max} for {minutes} min while up to {needed} were needed',
    ko: '{minutes}분 동안 최대치 {max}개에 묶였고, 필요한 수는 최대 {needed}개였습니다',
  },
  ratchet: {
    en: 'for up to {minutes} min nothing was sent away although {idle} instances more than needed were in service',
    ko: '필요한 수보다 {idle}개가 더 있는데도 최대 {minutes}분 동안 줄이지 않았습니다',
  },
  cpuBlindQueue: {
    en: 'for {minutes} min messages were older than the goal while the CPU stood at {cpu} % or less',
    ko: '{minutes}분 동안 메시지가 목표보다 오래 기다렸지만 CPU는 {cpu}% 이하였습니다',
  },
  zeroCapacityTrap: {
    en: 'for {minutes} min messages waited, up to {backlog}, with no instance in service and none asked for',
    ko: '{minutes}분 동안 메시지가 최대 {backlog}개 기다렸지만 인스턴스도, 늘리려는 요청도 없었습니다',
  },
  backlogPerInstanceThrash: {
    en: '{swings} swings such as {low} -> {high} -> {end}',
    ko: '{low} -> {high} -> {end} 같은 출렁임이 {swings}번 있었습니다',
  },
} as const satisfies Record<Antipattern, Message>;

/** What to change. Several antipatterns have more than one answer, by what shows. */
export const antipatternChanges = {
  slowerScaleIn: {
    en: 'let the scale-in alarm look at {periods} min instead of less, and put its threshold further below the scale-out one',
    ko: '축소 경보의 평가 구간을 {periods}분으로 늘리고, 임계값을 확장 임계값보다 더 낮게 잡으세요',
  },
  soonerScaleOut: {
    en: 'let the scale-out alarm act on one period, or at a lower threshold; {minutes} min of waiting are {messages} messages at the rate of that time',
    ko: '확장 경보의 평가 기간을 1개로 줄이거나 임계값을 낮추세요. 당시 속도로 {minutes}분 대기는 메시지 {messages}개에 해당합니다',
  },
  scaleInOnlyWhenDrained: {
    en: 'scale in only when the backlog is below {messages} messages, what the remaining instances process within the goal',
    ko: '백로그가 {messages}개(남은 인스턴스가 목표 시간 안에 처리하는 양) 아래일 때만 줄이세요',
  },
  longerScaleInWait: {
    en: 'let the scale-in alarm look at {minutes} min or more, so that new instances have worked before they are judged',
    ko: '새 인스턴스가 일을 해 본 뒤에 판단하도록 축소 경보의 평가 구간을 {minutes}분 이상으로 하세요',
  },
  raiseMaximum: {
    en: 'raise the maximum from {max} to {needed}, or accept the wait; check the quota of the account',
    ko: '최대치를 {max}에서 {needed|으로/로} 올리거나 대기를 받아들이세요. 계정 할당량도 확인하세요',
  },
  addScaleIn: {
    en: 'add a scale-in policy, or raise the threshold of its alarm: {idle} idle instances cost {hours} instance-hours',
    ko: '축소 정책을 추가하거나 그 경보의 임계값을 올리세요. 노는 인스턴스 {idle}개에 {hours}인스턴스·시간의 비용이 들었습니다',
  },
  scaleOnQueue: {
    en: 'scale on the queue (age, or backlog per instance) and not on CPU: consumers that wait for other services do not heat up',
    ko: 'CPU가 아니라 대기열(대기 시간이나 인스턴스당 백로그)을 기준으로 조정하세요. 다른 서비스를 기다리는 소비자는 CPU를 거의 쓰지 않습니다',
  },
  minimumOfOne: {
    en: 'set the minimum to 1, or add an alarm on visible messages that starts the first instance; backlog per instance has no datapoint without instances',
    ko: '최소치를 1로 하거나, 대기 메시지 수로 첫 인스턴스를 띄우는 경보를 추가하세요. 인스턴스가 없으면 인스턴스당 백로그 값도 없습니다',
  },
  smallerSteps: {
    en: 'step by at most {step} at a time with a warm-up of {warmup} s, and scale in by one: each new instance divides the same backlog again',
    ko: '한 번에 최대 {step}개씩 늘리고(워밍업 {warmup}초) 하나씩 줄이세요. 새 인스턴스가 생길 때마다 같은 백로그가 다시 나뉩니다',
  },
} as const satisfies Record<string, Message>;

export type AntipatternChange = keyof typeof antipatternChanges;

/** The ids, as the contract lists them. */
export const antipatternIds = Object.keys(antipatternNames) as Antipattern[];
export const antipatternChangeIds = Object.keys(antipatternChanges) as AntipatternChange[];

/** Name, what shows, and what to change, in a language. */
export function antipatternText(
  language: Language,
  of: {
    readonly antipattern: Antipattern;
    readonly change: AntipatternChange;
    readonly params: Readonly<Record<string, string | number>>;
  },
): { readonly name: string; readonly shows: string; readonly change: string } {
  return {
    name: antipatternNames[of.antipattern][language],
    shows: fillTemplate(antipatternFacts[of.antipattern][language], of.params),
    change: fillTemplate(antipatternChanges[of.change][language], of.params),
  };
}
