import { Controller, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { eventually } from '@stockproof/integration-bus/testing';
import { isTransient } from '@stockproof/postgres-connection';
import { BusTransport } from './bus-transport';
import { connectBusTransport } from './connect-bus-transport';
import { PoisonMessage, type MessageBatch } from './consumer';
import { consumerWorld, effectOf, silent, topic, type ConsumerWorld } from './testing/consumer-world';

@Controller()
class Orders {
  @EventPattern(topic, { group: 'sales.first' })
  async first(@Payload() { messages }: MessageBatch) {
    return messages.map((message) => effectOf('sales.first', message));
  }

  @EventPattern(topic, { group: 'sales.second' })
  async second(@Payload() { messages }: MessageBatch) {
    const poison = messages.find(({ subject }) => subject === 'order-1');
    if (poison) throw new PoisonMessage(poison, 'not for me');
    return messages.map((message) => effectOf('sales.second', message));
  }
}

@Module({ controllers: [Orders] })
class Consuming {}

@Controller()
class Groupless {
  @EventPattern(topic)
  async hear(@Payload() { messages }: MessageBatch) {
    return messages.map((message) => effectOf('nobody', message));
  }
}

@Module({ controllers: [Groupless] })
class Misconfigured {}

describe('handlers of a NestJS application', () => {
  let world: ConsumerWorld;
  const started = async (module: new () => object) => {
    const app = (await Test.createTestingModule({ imports: [module] }).compile()).createNestApplication(new FastifyAdapter(), {
      logger: false,
    });
    connectBusTransport(
      app,
      new BusTransport({ bus: world.bus, database: world.databases.worker, isTransient, log: silent, limits: { firstWaitMs: 600_000 } }),
    );
    await app.startAllMicroservices();
    await app.init();
    return app;
  };
  beforeEach(async () => {
    world = await consumerWorld();
  });
  afterEach(() => world.end());

  it('are consumer groups of their own: each hears everything, and only the one that refuses a message parks it', async () => {
    const app = await started(Consuming);
    await world.publish(['order-1', 1], ['order-2', 2], ['order-1', 3]);
    await eventually(async () => expect(await world.effects('sales.first')).toEqual(['order-1:1', 'order-2:2', 'order-1:3']));
    await eventually(async () => expect(await world.effects('sales.second')).toEqual(['order-2:2']));
    expect(await world.parked()).toEqual(['order-1:1', 'order-1:3']);
    await app.close();
    await world.publish(['order-2', 4]);
    expect(await world.bus.lag('sales.first', [topic])).toContainEqual(expect.objectContaining({ behind: 1 }));
  });

  it('must name their group', async () => {
    await expect(started(Misconfigured)).rejects.toThrow('must be an @EventPattern');
  });
});
