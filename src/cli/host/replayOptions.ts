/**
 * The options of `spillway replay`: the table, and those of a word or a number that this command alone has.
 */
import type { ExportRequest, ReplayAssumptions, ReplayBands, ReplayRequest } from '../../core/contract/shapes.ts';
import { type ReplayPlant, replayPlants } from '../../core/model/replayPlants.ts';
import { numberOption, type OptionTable, textOption, type Values } from '../arguments.ts';
import { type Expected, invalidOption, oneOf, type Said } from '../usage.ts';
import { dbOption, jsonOption, queueOption, rangeOptions } from './commonOptions.ts';
import { traceOptionTable } from './traceOptions.ts';

const formatOf = { '.md': 'markdown', '.html': 'html', '.json': 'json', '.csv': 'csv' } as const;
const endings = Object.keys(formatOf) as (keyof typeof formatOf)[];

export const replayOptionTable: OptionTable = {
  db: dbOption,
  queue: queueOption,
  trace: {
    type: 'string',
    value: 'FILE',
    help: {
      en: 'traffic from a file instead of a recording; nothing is stored',
      ko: '기록 대신 파일의 트래픽. 아무것도 저장하지 않음',
    },
  },
  sample: {
    type: 'string',
    value: 'NAME',
    help: {
      en: 'a bundled sample instead of a recording (import --samples lists them)',
      ko: '기록 대신 내장 샘플(목록: import --samples)',
    },
  },
  ...traceOptionTable,
  ...rangeOptions,
  setup: {
    type: 'string',
    value: 'FILE',
    help: {
      en: 'JSON or YAML with one more setup, or a list of them, to compare',
      ko: '함께 비교할 설정 하나 또는 목록이 든 JSON이나 YAML',
    },
  },
  plant: {
    type: 'string',
    value: 'PLANT',
    help: {
      en: `how the queue is modelled: ${replayPlants.join(', ')} (default: fluid)`,
      ko: `대기열 모델: ${replayPlants.join(', ')}(기본값: fluid)`,
    },
  },
  messages: {
    type: 'string',
    value: 'FIELD=VALUE,…',
    help: {
      en: 'with --plant per-message: visibilityTimeoutSeconds, batchSize, maxReceiveCount, poisonShare, fifoGroups, service=lognormal:CV …',
      ko: '--plant per-message와 함께: visibilityTimeoutSeconds, batchSize, maxReceiveCount, poisonShare, fifoGroups, service=lognormal:CV …',
    },
  },
  throughput: {
    type: 'string',
    value: 'N',
    help: {
      en: 'messages a minute per instance (default: from the recording)',
      ko: '인스턴스당 분당 메시지 수(기본값: 기록에서 계산)',
    },
  },
  'launch-delay': {
    type: 'string',
    value: 'SECONDS',
    help: {
      en: 'request to InService (default: from the recording)',
      ko: '요청부터 InService까지의 시간(기본값: 기록에서 계산)',
    },
  },
  delays: {
    type: 'string',
    value: 'HOW',
    help: {
      en: 'what single launches take: assumed, recorded, or drawn:CV[:SEED] around the assumed (default: assumed)',
      ko: '인스턴스마다 시작에 걸리는 시간: assumed(가정대로), recorded(기록대로), drawn:CV[:SEED](가정값을 중심으로 무작위). 기본값: assumed',
    },
  },
  'count-noise': {
    type: 'string',
    value: 'CV',
    help: { en: 'let the counts that alarms see be off by this, 0 to 1', ko: '경보가 보는 메시지 수의 오차, 0~1' },
  },
  'age-goal': {
    type: 'string',
    value: 'SECONDS',
    help: { en: 'oldest a message may get (default: 300)', ko: '메시지 대기 시간의 목표 상한(기본값: 300)' },
  },
  decisions: {
    type: 'boolean',
    default: false,
    help: { en: 'tell every decision of every policy in words, too', ko: '모든 정책의 모든 결정을 문장으로도 출력' },
  },
  'policy-out': {
    type: 'string',
    value: 'FILE',
    help: {
      en: 'write a candidate as a setup file (.json) or as the commands that deploy it (.sh, .yaml for Kubernetes)',
      ko: '후보를 설정 파일(.json)이나 배포 명령(.sh, Kubernetes는 .yaml)으로 쓰기',
    },
  },
  policy: {
    type: 'string',
    value: 'LABEL',
    help: {
      en: 'which candidate (default: the first that is not deployed)',
      ko: '--policy-out에 쓸 후보(기본값: 지금 배포되지 않은 첫 후보)',
    },
  },
  out: {
    type: 'string',
    value: 'FILE',
    help: {
      en: `write a report, too; its ending says which: ${endings.join(', ')}`,
      ko: `보고서도 쓰기. 형식은 확장자로 정해짐: ${endings.join(', ')}`,
    },
  },
  'report-zone': {
    type: 'string',
    default: 'UTC',
    value: 'ZONE',
    help: { en: 'IANA zone of the instants in the report', ko: '보고서에 쓸 시각의 IANA 시간대' },
  },
  spot: {
    type: 'string',
    value: 'ISO=N',
    help: { en: 'what if N instances were interrupted at this instant', ko: '이 시각에 인스턴스 N개가 중단되었다면' },
  },
  'launch-failure': {
    type: 'string',
    value: 'ISO/ISO',
    help: { en: 'what if every launch failed between two instants', ko: '두 시각 사이의 모든 시작이 실패했다면' },
  },
  bands: {
    type: 'string',
    value: 'N',
    help: {
      en: 'how far each setup may be off: N runs with other delays, throughput, phases; message by message 20 are a lot',
      ko: '설정마다 얼마나 어긋날 수 있는지: 지연, 처리량, 위상을 바꾸어 N번 실행. 메시지별 리플레이에는 20번도 충분',
    },
  },
  seed: { type: 'string', value: 'N', default: '1', help: { en: 'of the bands', ko: '불확실성 범위의 시드' } },
  json: jsonOption,
};

const policyEndings = ['.json', '.sh', '.yaml'] as const;

/** @throws UsageError before anything is replayed */
export function refuseEnding(values: Values): void {
  const file = textOption(values, 'policy-out');
  if (file === undefined || policyEndings.some((ending) => file.toLowerCase().endsWith(ending))) return;
  throw invalidOption('policy-out', file, { expected: nameEndingIn(policyEndings), example: 'candidate.sh' });
}

/** @throws UsageError for an ending that is none of the formats */
export function reportOption(
  values: Values,
): { readonly file: string; readonly format: ExportRequest['format'] } | null {
  const file = textOption(values, 'out');
  if (file === undefined) return null;
  const ending = endings.find((known) => file.toLowerCase().endsWith(known));
  if (ending === undefined)
    throw invalidOption('out', file, { expected: nameEndingIn(endings), example: 'report.html' });
  return { file, format: formatOf[ending] };
}

/** Numbers typed instead of those of the recording. @throws UsageError when one is out of its limits */
export function typedAssumptions(values: Values): Partial<ReplayAssumptions> {
  const typed = <K extends keyof ReplayAssumptions>(
    name: string,
    field: K,
    min: number,
    max: number,
    example: string,
  ) => (values[name] === undefined ? {} : { [field]: numberOption(values, name, { min, max, example }) });
  return {
    ...typed('throughput', 'throughputPerInstancePerMinute', 1e-6, 1e9, '600'),
    ...typed('launch-delay', 'launchDelaySeconds', 0, 86_400, '120'),
    ...typed('age-goal', 'ageGoalSeconds', 1, 1_209_600, '300'),
  };
}

export type BandsAsked = Pick<ReplayBands, 'runs' | 'seed'>;

/** @returns null: nobody asked for bands */
export function bandsOption(values: Values): BandsAsked | null {
  if (values.bands === undefined) return null;
  return {
    runs: numberOption(values, 'bands', { min: 2, max: 1_000, whole: true, example: '200' }),
    seed: numberOption(values, 'seed', { min: 0, max: 2 ** 32 - 1, whole: true, example: '7' }),
  };
}

/** @throws UsageError naming what it may be */
export function delaysOption(values: Values): Pick<ReplayRequest, 'delays'> {
  const text = textOption(values, 'delays');
  if (text === undefined || text === 'assumed') return {};
  if (text === 'recorded') return { delays: { kind: 'recorded' } };
  const [kind, cv = '', seed = '1'] = text.split(':');
  const drawn = { kind: 'drawn', cv: Number(cv), seed: Number(seed) } as const;
  const whole = Number.isInteger(drawn.seed) && drawn.seed >= 0 && drawn.seed < 2 ** 32;
  if (kind === 'drawn' && cv !== '' && drawn.cv >= 0 && drawn.cv <= 10 && whole) return { delays: drawn };
  throw invalidOption('delays', text, delaysForm);
}

export function noiseOption(values: Values): Pick<ReplayRequest, 'countNoise'> {
  if (values['count-noise'] === undefined) return {};
  return { countNoise: { cv: numberOption(values, 'count-noise', { min: 0, max: 1, example: '0.1' }), seed: 1 } };
}

/** @throws UsageError when it names no plant */
export function plantOption(values: Values): ReplayPlant {
  const text = textOption(values, 'plant') ?? 'fluid';
  const plant = replayPlants.find((known) => known === text);
  if (plant !== undefined) return plant;
  throw invalidOption('plant', text, { expected: oneOf(replayPlants), example: 'per-message' });
}

const nameEndingIn = (names: readonly string[]): Said => ({
  en: `a name that ends in ${names.join(', ')}`,
  ko: `${names.join(', ')} 중 하나로 끝나는 이름`,
});

const delaysForm: Expected = {
  expected: {
    en: 'assumed, recorded or drawn:CV[:SEED] with CV from 0 to 10',
    ko: 'assumed, recorded 또는 drawn:CV[:SEED], CV는 0~10',
  },
  example: 'drawn:0.4:7',
};
