/** `--lambda-targets`: where the functions that topics invoke run. */
import type { EmulatorOptions } from '../../emulator/index.ts';
import { type OptionTable, textOption, type Values } from '../arguments.ts';
import { type Expected, invalidPart, repeatedPart } from '../usage.ts';

export const lambdaOptions: OptionTable = {
  'lambda-targets': {
    type: 'string',
    value: 'NAME=URL,...',
    help: {
      en: 'where Lambda functions run that topics invoke: by name or ARN, the URL that each is posted to',
      ko: '주제가 호출하는 Lambda 함수가 실행되는 곳: 이름이나 ARN마다 요청을 보낼 URL',
    },
  },
};

const functionName =
  /^([A-Za-z0-9_-]{1,64}|arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9$_-]{1,128})?)$/;

/** @throws UsageError for what is no name and URL, and for a name given twice */
export function lambdaTargetsOf(values: Values): Pick<EmulatorOptions, 'lambdaTargets'> {
  const text = textOption(values, 'lambda-targets');
  if (text === undefined) return {};
  const lambdaTargets: Record<string, string> = {};
  // A URL may have commas, but none before something that looks like the next target.
  for (const part of text.split(/,(?=[^,=]+=https?:\/\/)/)) {
    const equals = part.indexOf('=');
    const [target, url] = [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    if (!functionName.test(target) || !isHttpUrl(url)) throw invalidPart('lambda-targets', part, targetForm);
    if (Object.hasOwn(lambdaTargets, target)) throw repeatedPart('lambda-targets', target);
    lambdaTargets[target] = url;
  }
  return { lambdaTargets };
}

const targetForm: Expected = {
  expected: {
    en: "NAME=URL: a function's name or ARN, and an http or https URL",
    ko: 'NAME=URL, 함수의 이름이나 ARN과 http 또는 https URL',
  },
  example: 'resize=http://127.0.0.1:9000/',
};

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
