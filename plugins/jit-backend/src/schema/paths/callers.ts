import { looks } from '../../audit/AuditedCall';
import { operation } from '../operation';
import { described, flag, Schema, text } from '../shapes';

export const callerPaths: Record<string, Schema> = {
  '/v1/me': {
    get: operation({
      id: 'GetMe',
      audit: looks('caller-fetch'),
      summary: 'Who calls, and whether as an operator',
      answers: {
        200: {
          required: { operator: flag },
          optional: {
            userEntityRef: described(
              text,
              'Not given for a token that stands for nobody',
            ),
          },
        },
      },
    }),
  },
};
