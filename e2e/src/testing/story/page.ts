import type { ServiceDefinition } from '@stockproof/service-host';
import type { Decision, Step, Trigger } from './chain';
import type { LoggedEvent, LoggedMessage } from './logs';
import { saidBy, type Names } from './said';
import { sequenceDiagram } from './sequence-diagram';
import { definedIn, fileWith } from './source-files';
import { byText, code, counted, link, shortType, table, unique } from './text';

export type Told = {
  readonly steps: readonly Step[];
  readonly names: Names;
  readonly services: readonly ServiceDefinition[];
  /** What was ordered, and what the views say in the end; by view. */
  readonly ordered: string;
  readonly shown: ReadonlyMap<string, readonly string[]>;
};

/** docs/generated/story-of-an-order.md */
export const storyPage = (told: Told): string =>
  [
    '<!-- Made from a run of the product by `npm run docs:story`: change the source, not this page. -->',
    '# The story of an order',
    `${told.ordered} Nobody wrote down what follows: a test started the product, took the order, and followed the ids through the logs of the services and the topics between them. Every event carries the id of its command and of what caused that, every message the id of its event; which command it was is looked up in the decider. The test is [story-of-an-order.e2e.spec.ts](../../e2e/src/story-of-an-order.e2e.spec.ts): it fails when an id leads nowhere, when a name stands in no file or in two, and when this page is stale.`,
    sequenceDiagram(told.steps),
    ...told.steps.flatMap((step, index) => stepSection(told, step, index + 1)),
    ...viewsSection(told),
  ].join('\n\n') + '\n';

const stepSection = (told: Told, step: Step, number: number): readonly string[] => [
  `## ${number}. ${titleOf(step)}`,
  whatSetItOff(step.trigger),
  table(
    ['Command', 'Event', 'It says', 'Shown by the views'],
    inOrder(step, told.names).flatMap((decision) => eventRows(told, step, decision)),
  ),
  ...messagesSection(step),
];

const titleOf = ({ trigger, service }: Step): string => {
  switch (trigger.by) {
    case 'request':
      return 'A client places the order';
    case 'message':
      return `${service[0]?.toUpperCase()}${service.slice(1)} hears ${shortType(trigger.type)}`;
    case 'export':
      return 'The warehouses take their shipments on';
    case 'update':
      return 'The warehouses say what has left';
  }
};

const whatSetItOff = (trigger: Trigger): string => {
  switch (trigger.by) {
    case 'request': {
      const { method, path } = trigger.request;
      const controller = fileWith('libs/sales/service/', "operationId: 'createSalesOrder'");
      return `${code(`${method} ${path.replace(/accounts\/[^/]+/, 'accounts/{accountId}')}`)}, answered by ${link('orders.controller.ts', controller)}. The command is its own cause; its correlation id is the one that the client sent.`;
    }
    case 'message':
      return `Group ${link(trigger.group, definedIn.consumer(trigger.group))} reads the topic ${link(trigger.topic, definedIn.topic(trigger.topic))}. The message is the cause.`;
    case 'export':
      return `A job, ${link('exporting-shipments.ts', fileWith('libs/sales/service/', 'export const exportShipments ='))}, hands each shipment to the system behind its warehouse. Cause and correlation are the shipment.`;
    case 'update':
      return `A job, or a push of the warehouse, brings updates to ${link('importing-updates.ts', fileWith('libs/sales/service/', 'export const applyUpdate ='))}. The cause is the warehouse's own update; the shipment correlates them.`;
  }
};

/** Kinds of commands as they came in the log, those of one kind by what they say: the same in every run. */
const inOrder = ({ decisions }: Step, names: Names): readonly Decision[] => {
  const first = new Map<string, number>();
  for (const { command, events } of decisions) first.set(command, Math.min(first.get(command) ?? Infinity, events[0].position));
  const key = ({ events }: Decision): string =>
    events
      .map((event) => saidBy(event, names))
      .sort()
      .join();
  return [...decisions].sort(
    (one, other) => (first.get(one.command) ?? 0) - (first.get(other.command) ?? 0) || byText(key(one), key(other)),
  );
};

const eventRows = ({ names, services }: Told, { service }: Step, { command, events }: Decision): readonly (readonly string[])[] => {
  const types = unique(events.map((event) => event.type));
  const sorted = [...events].sort(
    (one, other) => types.indexOf(one.type) - types.indexOf(other.type) || byText(saidBy(one, names), saidBy(other, names)),
  );
  const decidedBy = `${link(command, definedIn.command(service, command))} (${link('decided', definedIn.decision(service, command))})`;
  return sorted.map((event, index) => [
    index === 0 ? decidedBy : '',
    link(event.type, definedIn.event(service, event.type)),
    saidBy(event, names),
    viewsOf(services, event)
      .map((view) => link(view, definedIn.view(service, view)))
      .join(', '),
  ]);
};

const viewsOf = (services: readonly ServiceDefinition[], { service, type }: LoggedEvent): readonly string[] =>
  (services.find(({ name }) => name === service)?.projections ?? [])
    .filter(({ handles }) => handles.includes(type))
    .map(({ name }) => name);

const messagesSection = ({ service, decisions }: Step): readonly string[] => {
  const told = decisions.flatMap(({ events, messages }) =>
    messages.map((message) => ({ message, event: events.find(({ id }) => id === message.causationId) })),
  );
  if (told.length === 0) return [];
  const kinds = Map.groupBy(told, ({ message, event }) => `${event?.type} ${message.type}`);
  const publication = definedIn.publication(service);
  const rows = [...kinds.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [messageRow(service, first.message, first.event?.type ?? '', more.length + 1)],
  );
  return [
    `Told to others, by ${link(publication.split('/').at(-1) ?? '', publication)}:`,
    table(
      ['Because of', 'Contract', 'Topic', 'Heard by'],
      rows.sort((one, other) => byText(one.join(), other.join())),
    ),
  ];
};

const messageRow = (service: string, { type, topic, heardBy }: LoggedMessage, event: string, count: number): readonly string[] => [
  link(event, definedIn.event(service, event)),
  counted(link(shortType(type), definedIn.contract(type)), count),
  link(topic, definedIn.topic(topic)),
  heardBy.length === 0
    ? 'nobody here: it is there for whoever wants to know'
    : heardBy.map((group) => link(group, definedIn.consumer(group))).join(', '),
];

const viewsSection = ({ steps, services, shown }: Told): readonly string[] => {
  const events = steps.flatMap((step) => step.decisions.flatMap((decision) => decision.events));
  const views = [...unique(events.flatMap((event) => viewsOf(services, event).map((view) => `${event.service} ${view}`)))].sort(byText);
  const rows = views.map((each) => {
    const [service = '', view = ''] = each.split(' ');
    const read = events.filter((event) => event.service === service && viewsOf(services, event).includes(view)).length;
    return [link(view, definedIn.view(service, view)), service, String(read), (shown.get(view) ?? []).join('<br>')];
  });
  return ['## What the views show in the end', table(['View', 'Service', 'Events of this story', 'Shown'], rows)];
};
