/** What one account in one Region has on phones: push applications, text message settings, the SMS sandbox. */
import { createPlatforms, type PlatformEndpoint, type Platforms } from './platforms.ts';
import { createSmsSandbox, type SmsSandbox } from './sandbox.ts';
import { createSmsSettings, type SmsSettings } from './smsSettings.ts';

export interface MobileState {
  readonly platforms: Platforms;
  readonly sms: SmsSettings;
  readonly sandbox: SmsSandbox;
  /** Of any application; what may be published to is `enabled`. */
  endpoint(arn: string): PlatformEndpoint | undefined;
}

export function createMobileState(): MobileState {
  const platforms = createPlatforms();
  return {
    platforms,
    sms: createSmsSettings(),
    sandbox: createSmsSandbox(),
    endpoint: (arn) => platforms.endpoint(arn),
  };
}
