import type { Pool, PoolClient } from 'pg';
import type { Database, Queryable, Statement } from '@stockproof/sql';

const queryableOf = (client: Pool | PoolClient): Queryable => ({
  query: async <Row extends object>({ text, values }: Statement) => (await client.query<Row>({ text, values: [...values] })).rows,
});

/** The port on a pool. Queries outside of `transaction` commit by themselves. */
export const databaseOf = (pool: Pool): Database => ({
  ...queryableOf(pool),
  transaction: async (work) => {
    const client = await pool.connect();
    let broken = false;
    try {
      await client.query('begin');
      const result = await work(queryableOf(client));
      const { command } = await client.query('commit');
      // Who catches the error of a statement and goes on has lost the whole transaction, and `commit` says so only here.
      if (command !== 'COMMIT') throw new Error('The transaction was rolled back: one of its statements had failed before.');
      return result;
    } catch (error) {
      broken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  },
});
