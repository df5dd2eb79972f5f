import { Entity } from '@backstage/catalog-model';
import { Content } from '@backstage/core-components';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import { useLocation } from 'react-router-dom';
import { AccessTab } from '../src/components/AccessTab';
import { WhoIsInCard } from '../src/components/WhoIsInCard';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    namespace: 'default',
    name: 'orders-db',
    title: 'Orders database',
  },
  spec: { type: 'database', owner: 'group:default/orders-team' },
};

/** Stands in for an entity's page: its tab, or with `#card` its card. */
export const DevEntityPage = () => {
  const { hash } = useLocation();
  return (
    <EntityProvider entity={entity}>
      <main>
        <Content>
          {hash === '#card' ? (
            <Box maxWidth={480}>
              <WhoIsInCard />
            </Box>
          ) : (
            <AccessTab />
          )}
        </Content>
      </main>
    </EntityProvider>
  );
};
