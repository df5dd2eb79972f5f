import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import {
  REMOVE_PAGE,
  ScaffolderPeer,
  TEMPLATES_LOCATION,
} from '@backstage-jit/plugin-jit-test-peers';
import {
  ConformanceHarness,
  ConformanceThing,
} from '@backstage-jit/plugin-jit-test-utils';
import {
  connectionSchema,
  ScaffolderConnection,
  TemplateParams,
} from '../provider/schemas';
import { ScaffolderFront } from './ScaffolderFront';

const HOST = 'previews.example.net';

function connectionTo(settings: {
  templates?: string[];
  hosts?: string[];
  address?: string;
}): ProviderConnection<ScaffolderConnection> {
  const { templates = [REMOVE_PAGE], hosts = [HOST], address } = settings;
  const ceiling = { templates, hosts, trustedLocations: [TEMPLATES_LOCATION] };
  return {
    name: 'templates',
    config: connectionSchema.parse({ ceiling, address }),
  };
}

/** What the conformance kit needs to know about, and do to, a portal with a scaffolder: the thing is a page, which an earlier step has made. */
export function createTemplateHarness(options: {
  /** Started when the tests run, after they were named. */
  peer: () => ScaffolderPeer;
  front: ScaffolderFront;
}): ConformanceHarness<TemplateParams, ScaffolderConnection> {
  const { peer, front } = options;
  const none = (notApplicable: string) => ({ notApplicable });
  const nameOf = ({ params }: ConformanceThing<TemplateParams>) =>
    String(params.values.name);
  let count = 0;
  const params = (): TemplateParams => ({
    teardown: REMOVE_PAGE,
    values: { name: `page-${++count}` },
    verify: { url: `https://${HOST}/{name}` },
  });

  return {
    async tearDown() {
      await front.reset();
      await peer().idle();
      peer().pages.names.clear();
    },
    connection: () => connectionTo({}),
    params,
    refused: () => [
      {
        what: 'a template that the ceiling does not name',
        params: { ...params(), teardown: `${REMOVE_PAGE}s` },
        connection: connectionTo({}),
      },
      {
        what: 'a look at a host that the ceiling does not name',
        params: params(),
        connection: connectionTo({ hosts: [`www.${HOST}`] }),
      },
      {
        what: 'anything, where the ceiling names nothing',
        params: params(),
        connection: connectionTo({ templates: [], hosts: [] }),
      },
    ],
    async make(thing) {
      peer().pages.names.add(nameOf(thing));
    },
    async look(thing) {
      const name = nameOf(thing);
      return { remains: peer().pages.names.has(name) ? [`page ${name}`] : [] };
    },
    secrets: () => [peer().token],
    // Whatever is waited for here is the end of a task.
    wait: () => peer().idle(),
    identityInConfig: true,
    namesCarryMark: true,

    transport: front.tap,
    late: front.tap,
    outage: {
      async begin() {
        front.away = true;
      },
      async end() {
        front.away = false;
      },
    },
    secondSystem: {
      connection: () => connectionTo({ address: 'http://other.example.net' }),
    },
    access: none(
      'what a template made is whatever it is: nobody knows its use',
    ),
    sessions: none('what a template made has no sessions that are known here'),
    rights: none(
      'the scaffolder and the catalog are the portal’s own, which its service may always ask',
    ),
    foreign: none('what a template made carries no name of ours'),
    standing: none('leases do not share what a template made'),
    rateLimit: none('a grant asks the catalog, which has no rate limit'),
    lag: none('the scaffolder reads its own database, which does not lag'),
    brokenList: none('what a template made cannot be listed'),
  };
}
