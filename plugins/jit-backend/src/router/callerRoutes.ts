import { Router } from 'express';
import { RouterContext } from './RouterContext';

/** What a portal has to know of who looks at it. */
export function addCallerRoutes(
  router: Router,
  { http }: Pick<RouterContext, 'http'>,
): void {
  router.get('/v1/me', async (req, res) => {
    const caller = await http.callerOf(req);
    const operator = await caller.isOperator();
    await http.answer(res, () => ({
      ...(caller.user && { userEntityRef: caller.user }),
      operator,
    }));
  });
}
