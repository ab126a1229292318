import { type Action, defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { notFound } from '../errors.ts';
import { checkEndpointArn } from '../mobile/arns.ts';
import { shownEndpointSettings } from '../mobile/endpointSettings.ts';
import { announce } from '../mobile/events.ts';
import type { PlatformEndpoint } from '../mobile/platforms.ts';
import { pageOf } from '../paging.ts';
import type { SnsState } from '../state.ts';
import { attributeMap, noOutput } from '../wireShapes.ts';
import { applicationFor } from './platformApplications.ts';

interface Named {
  readonly EndpointArn: string;
}

/** A new endpoint, or the existing one of that token when its attributes do not differ. */
const createPlatformEndpoint = defineAction<
  SnsState,
  {
    PlatformApplicationArn: string;
    Token: string;
    CustomUserData?: string;
    Attributes?: Record<string, string>;
  },
  Named
>({
  name: 'CreatePlatformEndpoint',
  input: structure({
    PlatformApplicationArn: required(text),
    Token: required(text),
    CustomUserData: text,
    Attributes: attributeMap,
  }),
  output: structure({ EndpointArn: text }),
  run(state, { PlatformApplicationArn, Token, CustomUserData, Attributes = {} }, { origin }) {
    const application = applicationFor(state, PlatformApplicationArn);
    const request = { token: Token, customUserData: CustomUserData, attributes: Attributes };
    const { endpoint, isNew } = state.mobile.platforms.createEndpoint(state, application, request);
    if (isNew) announce(state, endpoint, 'EndpointCreated', origin);
    return { EndpointArn: endpoint.arn };
  },
});

/** Deleting what is not there is no error. Subscriptions of the endpoint stay, and fail. */
const deleteEndpoint = defineAction<SnsState, Named, Record<string, never>>({
  name: 'DeleteEndpoint',
  input: structure({ EndpointArn: required(text) }),
  output: noOutput,
  run(state, { EndpointArn }, { origin }) {
    checkEndpointArn(EndpointArn);
    const endpoint = state.mobile.endpoint(EndpointArn);
    if (endpoint === undefined) return {};
    state.mobile.platforms.deleteEndpoint(EndpointArn);
    announce(state, endpoint, 'EndpointDeleted', origin);
    return {};
  },
});

const getEndpointAttributes = defineAction<SnsState, Named, { Attributes: Record<string, string> }>({
  name: 'GetEndpointAttributes',
  input: structure({ EndpointArn: required(text) }),
  output: structure({ Attributes: attributeMap }),
  run(state, { EndpointArn }) {
    return { Attributes: shownEndpointSettings(endpointFor(state, EndpointArn).settings) };
  },
});

/** All of the given attributes, or none when one is refused. */
const setEndpointAttributes = defineAction<
  SnsState,
  Named & { Attributes: Record<string, string> },
  Record<string, never>
>({
  name: 'SetEndpointAttributes',
  input: structure({ EndpointArn: required(text), Attributes: required(attributeMap) }),
  output: noOutput,
  run(state, { EndpointArn, Attributes }, { origin }) {
    const endpoint = endpointFor(state, EndpointArn);
    const isChanged = state.mobile.platforms.setEndpointAttributes(endpoint, Attributes);
    if (isChanged) announce(state, endpoint, 'EndpointUpdated', origin);
    return {};
  },
});

const listEndpointsByPlatformApplication = defineAction<
  SnsState,
  { PlatformApplicationArn: string; NextToken?: string },
  { Endpoints: (Named & { Attributes: Record<string, string> })[]; NextToken?: string }
>({
  name: 'ListEndpointsByPlatformApplication',
  input: structure({ PlatformApplicationArn: required(text), NextToken: text }),
  output: structure({
    Endpoints: list(structure({ EndpointArn: text, Attributes: attributeMap })),
    NextToken: text,
  }),
  run(state, { PlatformApplicationArn, NextToken }) {
    const application = applicationFor(state, PlatformApplicationArn);
    const endpoints = state.mobile.platforms.endpoints(application);
    const list = `ListEndpointsByPlatformApplication ${application.arn}`;
    const { page, ...more } = pageOf(endpoints, ({ arn }) => arn, NextToken, list);
    return {
      Endpoints: page.map(({ arn, settings }) => ({ EndpointArn: arn, Attributes: shownEndpointSettings(settings) })),
      ...more,
    };
  },
});

export const platformEndpoints: readonly Action<SnsState>[] = [
  createPlatformEndpoint,
  deleteEndpoint,
  getEndpointAttributes,
  setEndpointAttributes,
  listEndpointsByPlatformApplication,
];

/** @throws AwsError InvalidParameter for what is no endpoint's ARN, NotFound */
function endpointFor(state: SnsState, arn: string): PlatformEndpoint {
  checkEndpointArn(arn);
  const endpoint = state.mobile.endpoint(arn);
  if (endpoint === undefined) throw notFound('Endpoint');
  return endpoint;
}
