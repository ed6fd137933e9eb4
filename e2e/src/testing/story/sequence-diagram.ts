import type { Step } from './chain';
import { byText, counted, shortType, unique } from './text';

/** The story at a glance, as Mermaid draws it. */
export const sequenceDiagram = (steps: readonly Step[]): string => {
  const services = unique(steps.map((step) => step.service));
  const lines = [
    'sequenceDiagram',
    'actor client',
    ...services.map((service) => `participant ${service}`),
    'participant warehouses',
    ...steps.flatMap(linesOf),
  ];
  return ['```mermaid', lines[0], ...lines.slice(1).map((line) => `  ${line}`), '```'].join('\n');
};

const linesOf = (step: Step): readonly string[] => [arrowTo(step), ...notesOf(step)];

const arrowTo = ({ trigger, service, decisions }: Step): string => {
  switch (trigger.by) {
    case 'request':
      return `client->>${service}: ${trigger.request.method} sales-orders`;
    case 'message':
      return `${trigger.type.split('.')[1]}-)${service}: ${counted(shortType(trigger.type), causes(decisions))}`;
    case 'export':
      return `${service}->>warehouses: ${counted('shipment', causes(decisions))}`;
    case 'update':
      return `warehouses->>${service}: ${counted('update', causes(decisions))}`;
  }
};

const causes = (decisions: Step['decisions']): number => unique(decisions.map(({ events }) => events[0].causationId)).length;

/** One note for each kind of command: what it was decided to. */
const notesOf = ({ service, decisions }: Step): readonly string[] =>
  [...Map.groupBy(decisions, ({ command }) => command)]
    .sort(([, [one]], [, [other]]) => (one?.events[0].position ?? 0) - (other?.events[0].position ?? 0))
    .map(([command, all]) => {
      const types = all.flatMap(({ events }) => events.map(({ type }) => type));
      const events = unique(types).map((type) => counted(type, types.filter((each) => each === type).length));
      return `Note over ${service}: ${command} → ${all.length === 1 ? events.join(', ') : events.sort(byText).join(', ')}`;
    });
