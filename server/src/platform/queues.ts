import Bull from 'bull';
import { openRedis, type RedisClient } from './redis.ts';

type Options = {
  name: string;
  /** One hash tag, see `RedisKeys.queues`. */
  prefix: string;
  redisUrl: string;
  settings: Bull.AdvancedSettings;
  defaultJobOptions: Bull.JobOptions;
  onTrouble: (error: Error) => void;
};

type CreateClient = NonNullable<Bull.QueueOptions['createClient']>;

/** A Bull queue on connections of its own, which are closed with the queue. */
export function openQueue<Data>({ redisUrl, onTrouble, name, ...options }: Options): Bull.Queue<Data> {
  const clients: RedisClient[] = [];
  const createClient: CreateClient = (type) => {
    const client = openRedis(redisUrl, 'patient', onTrouble);
    if (type === 'bclient') waitOneByOne(client);
    clients.push(client);
    return client;
  };
  const queue = new Bull<Data>(name, { ...options, createClient });
  Object.assign(queue, { clients }); // Bull closes what is in here, and puts in only what it opened itself
  queue.on('error', onTrouble);
  return queue;
}

/**
 * Bull waits for a job once per place that is free, all on one connection, where Redis keeps them in line. Were this
 * process frozen, Redis would hand it one job after the other, each lost until its lock lapses: so only one may wait.
 * A failure is one for all in line, as it would be without us: else a queue that is paused would go on taking jobs.
 */
function waitOneByOne(client: RedisClient): void {
  const wait = client.brpoplpush.bind(client);
  let before: Promise<unknown> = Promise.resolve();
  client.brpoplpush = (from: string | Buffer, to: string | Buffer, seconds: number | string) => {
    const mine = before.then(() => wait(from, to, seconds));
    before = mine;
    mine.catch(() => {
      if (before === mine) before = Promise.resolve();
    });
    return mine;
  };
}
