/**
 * `--account`, `--region` and `--services` of `spillway emulator`, checked.
 */
import { type EmulatorOptions, emulatedServices } from '../../emulator/index.ts';
import { isRegion } from '../../emulator/wire/identity.ts';
import { textOption, type Values } from '../arguments.ts';
import { type Expected, invalidOption, invalidPart } from '../usage.ts';

/**
 * Who answers, as which account and Region.
 *
 * @throws UsageError for what is no account, Region or service
 */
export async function endpointOptions(
  values: Values,
): Promise<{ region: string } & Pick<EmulatorOptions, 'accountId' | 'services'>> {
  const accountId = textOption(values, 'account');
  if (accountId !== undefined && !/^\d{12}$/.test(accountId)) throw invalidOption('account', accountId, accountForm);
  const region = textOption(values, 'region')!;
  if (!isRegion(region)) throw invalidOption('region', region, regionForm);
  const services = await servicesOption(textOption(values, 'services'));
  return { region, ...(accountId === undefined ? {} : { accountId }), ...(services === undefined ? {} : { services }) };
}

async function servicesOption(text: string | undefined): Promise<string[] | undefined> {
  if (text === undefined) return undefined;
  const known = await emulatedServices();
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const [names, example] = [known.join(', '), 'sqs,sns'];
    throw invalidPart('services', unknown, { expected: { en: `some of ${names}`, ko: `${names} 중에서` }, example });
  }
  return names;
}

const accountForm: Expected = { expected: { en: 'twelve digits', ko: '12자리 숫자' }, example: '111122223333' };

const regionForm: Expected = { expected: { en: 'the name of a Region', ko: '리전 이름' }, example: 'eu-west-1' };
