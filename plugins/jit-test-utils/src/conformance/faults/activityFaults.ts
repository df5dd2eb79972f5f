import {
  ConnectionContext,
  JitProviderError,
} from '@backstage-jit/plugin-jit-node';
import { Fault } from './Fault';

export const activityFaults: Fault[] = [
  {
    fault: 'our own looks count as activity',
    breaks: ({ provider }) => {
      let looks = 0;
      return {
        async *listActivity(ctx: ConnectionContext<any>) {
          looks += 1;
          for await (const activity of provider.listActivity!(ctx)) {
            yield { ...activity, counter: `${activity.counter} ${looks}` };
          }
        },
      };
    },
    finds: ['use is seen, and looking is no use'],
  },
  {
    fault: 'the list of activity breaks off in silence',
    breaks: ({ provider }) => ({
      async *listActivity(ctx: ConnectionContext<any>) {
        try {
          yield* provider.listActivity!(ctx);
        } catch (error) {
          if (!JitProviderError.is(error) || error.class !== 'retryable') {
            throw error;
          }
        }
      },
    }),
    finds: ['a list of activity that breaks off throws'],
  },
];
