import type { LoggedEvent } from './logs';
import { mayDecide } from './source-files';

/** Events that one command was decided to, in one stream. */
export type Decided = { readonly commandId: string; readonly events: readonly [LoggedEvent, ...LoggedEvent[]] };

/** The request that began the story; the correlation is the client's own. */
export type Request = { readonly method: string; readonly path: string; readonly correlationId: string };

/** An event carries the id of its command, not its name; which commands of this story begin with which event is said here. */
const commands: Readonly<Record<string, string>> = {
  SalesOrderCreated: 'CreateSalesOrder',
  ShipmentCreated: 'RecordAllocated',
  ShipmentAcceptedByWarehouse: 'RecordShipmentAccepted',
  ShipmentUnitsLeft: 'RecordShipmentUpdate',
  AllocationRequested: 'DecideAllocation',
  AllocationGranted: 'RecordGrants',
  UnitsGranted: 'GrantUnits',
  UnitsAccepted: 'AcceptUnits',
  UnitsShipped: 'ShipUnits',
};

/** Which command it was. Throws where the source says that this command is never decided to these events. */
export const commandOf = ({ events }: Decided): string => {
  const [{ service, stream, type }] = events;
  const command = commands[type];
  if (command === undefined)
    throw new Error(`${type} of ${stream} came into the story: name its command in e2e/src/testing/story/commands.ts`);
  for (const event of events)
    if (!mayDecide(service, command, event.type))
      throw new Error(`${command} is not decided to ${event.type}: which command is it, in e2e/src/testing/story/commands.ts?`);
  return command;
};
