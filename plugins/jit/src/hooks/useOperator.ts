import { Answer, ConnectionHealth } from '@backstage-jit/plugin-jit-common';
import { statusOf } from '../words';
import { Live, useLive } from './useLive';

export interface Operator {
  /** Undefined until it is known. */
  isOperator?: boolean;
  connections: Live<Answer<{ items?: ConnectionHealth[] }>>;
}

/** Only operators are told how the connections are: that is also how the portal knows that it shows one. */
export function useOperator(): Operator {
  const connections = useLive<Answer<{ items?: ConnectionHealth[] }>>({
    key: 'connections',
    load: async (api, signal) => {
      try {
        return await api.listConnections({ signal });
      } catch (error) {
        if (statusOf(error) === 403) {
          return { now: '' };
        }
        throw error;
      }
    },
    everyMs: ({ items }) => (items ? 30_000 : 600_000),
  });
  const { value } = connections;
  return { isOperator: value && value.items !== undefined, connections };
}
