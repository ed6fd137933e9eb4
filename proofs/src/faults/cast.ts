/** Who plays: each service as a process of its own, sales and stock twice, so that an old owner and a new one can meet. */
export const cast = ['tenancy', 'sales-1', 'sales-2', 'stock-1', 'stock-2', 'purchasing', 'catalog'] as const;
export type Player = (typeof cast)[number];

/** The app that a player runs. */
export const appOf = (player: Player): string => player.replace(/-\d$/, '');

/** What carries facts between services: the database, or a broker of its own. */
export type BusKind = 'postgres' | 'kafka';

/** Where a player's connections lead or come from. */
export const ends = ['database', 'clients', 'bus'] as const;
export type End = (typeof ends)[number];

/** A link is what connects a player with one end; each can be cut and slowed apart from all others. */
export type Link = `${Player}~${End}`;
export const linkOf = (player: Player, to: End): Link => `${player}~${to}`;
