/** `--lambda-targets`: where the functions that topics invoke run. */
import type { EmulatorOptions } from '../../emulator/index.ts';
import { type OptionTable, textOption, UsageError, type Values } from '../arguments.ts';

export const lambdaOptions: OptionTable = {
  'lambda-targets': {
    type: 'string',
    value: 'NAME=URL,...',
    help: 'where Lambda functions run that topics invoke: by name or ARN, the URL that each is posted to',
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
    if (!functionName.test(target) || !isHttpUrl(url)) {
      throw new UsageError(
        `--lambda-targets has "${part}", expected NAME=URL: a function's name or ARN, and an http or https URL`,
      );
    }
    if (Object.hasOwn(lambdaTargets, target)) throw new UsageError(`--lambda-targets has ${target} twice`);
    lambdaTargets[target] = url;
  }
  return { lambdaTargets };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
