import {
  ConnectionContext,
  ExpectedThing,
  JitProviderError,
} from '@backstage-jit/plugin-jit-node';
import { Fault } from './Fault';

type Context = ConnectionContext<any>;
type Options = { expected: Array<ExpectedThing<any, any>> };

export const presentFaults: Fault[] = [
  {
    fault: 'whatever is expected counts as there',
    shared: true,
    marks: false,
    breaks: ({ provider }) => ({
      async *listPresent(ctx: Context, options: Options) {
        for await (const _ of provider.listPresent!(ctx, options)) {
          // Only for its errors.
        }
        yield* options.expected.map(({ externalName }) => externalName);
      },
    }),
    finds: ['lists which of the expected are there, and no others'],
  },
  {
    fault: 'each of the expected is asked for by itself',
    shared: true,
    marks: false,
    breaks: ({ provider }) => ({
      async *listPresent(ctx: Context, { expected }: Options) {
        for (const one of expected) {
          yield* provider.listPresent!(ctx, { expected: [one] });
        }
      },
    }),
    finds: ['a list of what is there costs no request a lease'],
  },
  {
    fault: 'the list of what is there breaks off in silence',
    shared: true,
    marks: false,
    breaks: ({ provider }) => ({
      async *listPresent(ctx: Context, options: Options) {
        try {
          yield* provider.listPresent!(ctx, options);
        } catch (error) {
          if (!JitProviderError.is(error) || error.class !== 'retryable') {
            throw error;
          }
        }
      },
    }),
    finds: ['a list that breaks off throws'],
  },
];
