import { type Action, defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { notFound } from '../errors.ts';
import { checkApplicationArn } from '../mobile/arns.ts';
import { shownPlatformSettings } from '../mobile/platformSettings.ts';
import type { PlatformApplication } from '../mobile/platforms.ts';
import { pageOf } from '../paging.ts';
import type { SnsState } from '../state.ts';
import { attributeMap, noOutput } from '../wireShapes.ts';

interface Named {
  readonly PlatformApplicationArn: string;
}

/** A new application, or the existing one of that name and platform when its attributes are equal to the given ones. */
const createPlatformApplication = defineAction<
  SnsState,
  { Name: string; Platform: string; Attributes: Record<string, string> },
  Named
>({
  name: 'CreatePlatformApplication',
  input: structure({ Name: required(text), Platform: required(text), Attributes: required(attributeMap) }),
  output: structure({ PlatformApplicationArn: text }),
  run(state, { Name, Platform, Attributes }) {
    const request = { name: Name, platform: Platform, attributes: Attributes };
    return { PlatformApplicationArn: state.mobile.platforms.createApplication(state, request).arn };
  },
});

/** With its endpoints. Deleting what is not there is no error. */
const deletePlatformApplication = defineAction<SnsState, Named, Record<string, never>>({
  name: 'DeletePlatformApplication',
  input: structure({ PlatformApplicationArn: required(text) }),
  output: noOutput,
  run(state, { PlatformApplicationArn }) {
    checkApplicationArn(PlatformApplicationArn);
    state.mobile.platforms.deleteApplication(PlatformApplicationArn);
    return {};
  },
});

/** Credentials are never shown. */
const getPlatformApplicationAttributes = defineAction<SnsState, Named, { Attributes: Record<string, string> }>({
  name: 'GetPlatformApplicationAttributes',
  input: structure({ PlatformApplicationArn: required(text) }),
  output: structure({ Attributes: attributeMap }),
  run(state, { PlatformApplicationArn }) {
    return { Attributes: shown(applicationFor(state, PlatformApplicationArn)) };
  },
});

/** All of the given attributes, or none when one is refused. */
const setPlatformApplicationAttributes = defineAction<
  SnsState,
  Named & { Attributes: Record<string, string> },
  Record<string, never>
>({
  name: 'SetPlatformApplicationAttributes',
  input: structure({ PlatformApplicationArn: required(text), Attributes: required(attributeMap) }),
  output: noOutput,
  run(state, { PlatformApplicationArn, Attributes }) {
    state.mobile.platforms.setApplicationAttributes(applicationFor(state, PlatformApplicationArn), Attributes);
    return {};
  },
});

const listPlatformApplications = defineAction<
  SnsState,
  { NextToken?: string },
  { PlatformApplications: (Named & { Attributes: Record<string, string> })[]; NextToken?: string }
>({
  name: 'ListPlatformApplications',
  input: structure({ NextToken: text }),
  output: structure({
    PlatformApplications: list(structure({ PlatformApplicationArn: text, Attributes: attributeMap })),
    NextToken: text,
  }),
  run(state, { NextToken }) {
    const { page, ...more } = pageOf(
      state.mobile.platforms.applications(),
      ({ arn }) => arn,
      NextToken,
      'ListPlatformApplications',
    );
    return {
      PlatformApplications: page.map((one) => ({ PlatformApplicationArn: one.arn, Attributes: shown(one) })),
      ...more,
    };
  },
});

export const platformApplications: readonly Action<SnsState>[] = [
  createPlatformApplication,
  deletePlatformApplication,
  getPlatformApplicationAttributes,
  setPlatformApplicationAttributes,
  listPlatformApplications,
];

/** @throws AwsError InvalidParameter for what is no application's ARN, NotFound */
export function applicationFor(state: SnsState, arn: string): PlatformApplication {
  checkApplicationArn(arn);
  const application = state.mobile.platforms.application(arn);
  if (application === undefined) throw notFound('PlatformApplication');
  return application;
}

const shown = ({ platform, settings }: PlatformApplication): Record<string, string> =>
  shownPlatformSettings(platform, settings);
