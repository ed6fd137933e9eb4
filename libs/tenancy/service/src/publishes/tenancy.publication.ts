import type { JsonObject } from '@stockproof/decider';
import { categoryOf, type RecordedEvent } from '@stockproof/event-store';
import type { Fact, Publication } from '@stockproof/publishing';
import { accessEventsTopic, accountEventsTopic, organizationEventsTopic, warehouseEventsTopic } from '@stockproof/tenancy-contracts';
import type { AccountEvent, ApiKeyEvent, InstallationEvent, OrganizationEvent } from '@stockproof/tenancy-domain';
import { apiKeyFacts, installationFacts } from './access.facts';
import { accountEventTypes, accountFacts } from './account.facts';
import { organizationEventTypes, organizationFacts } from './organization.facts';

export const tenancyTopics = [accessEventsTopic, accountEventsTopic, organizationEventsTopic, warehouseEventsTopic] as const;

/** What a category's events say to others; the stream they lie in vouches for their shape. */
const factsByCategory: Readonly<Record<string, (event: RecordedEvent) => readonly Fact[]>> = {
  'tenancy.organization': ({ type, data }) => organizationFacts({ type, data } as OrganizationEvent),
  'tenancy.account': ({ type, data }) => accountFacts({ type, data } as AccountEvent),
  'tenancy.apiKey': ({ type, data }) => apiKeyFacts({ type, data } as ApiKeyEvent),
  'tenancy.installation': ({ type, data }) => installationFacts({ type, data } as InstallationEvent),
};

/** Tenancy's events as others see them. Nothing about a person but an id leaves. */
export const tenancyPublication: Publication = {
  handles: [
    ...organizationEventTypes,
    ...accountEventTypes,
    'ApiKeyCreated',
    'ApiKeyRevoked',
    'AdministratorAppointed',
    'SigningKeyPublished',
  ],
  facts: (event) => factsByCategory[categoryOf(event.stream)]?.(event) ?? [],
  // Who may enter and with which key concerns the services that ask at their doors; credentials concern those that call channels.
  outside: ({ topic, data }) => (topic === accessEventsTopic ? null : withoutCredentials(data)),
};

const withoutCredentials = (data: JsonObject): JsonObject => {
  const channel = data['fulfillmentChannel'];
  return {
    ...data,
    ...('sealedCredentials' in data ? { sealedCredentials: null } : {}),
    ...(isObject(channel) ? { fulfillmentChannel: { ...channel, sealedCredentials: null } } : {}),
  };
};

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
