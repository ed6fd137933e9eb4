import { Client } from 'pg';

/** Changes stock's tables behind the product's back, as its owner may and nobody else. */
export type Tampering = {
  /** How many rows were changed. */
  readonly change: (text: string, ...values: readonly unknown[]) => Promise<number>;
  readonly close: () => Promise<void>;
};

export const tamperWith = async (databaseUrl: string): Promise<Tampering> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    change: async (text, ...values) => (await client.query(text, [...values])).rowCount ?? 0,
    close: () => client.end(),
  };
};

/** An event of a stream of stock, by its type and, where that is not enough, by what its data says of an order. */
export const eventOf = `update stock.events e set data = jsonb_set(e.data::jsonb, $4, $5::jsonb)::json from stock.streams s
  where s.no = e.stream_no and s.id = $1 and e.type = $2 and e.data ->> 'orderId' = $3`;
