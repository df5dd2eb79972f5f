import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Grid from '@material-ui/core/Grid';
import { useLeases, useMe, useNow, useOffers, usePresence } from '../../hooks';
import { useTranslate } from '../../translation';
import { phaseOf } from '../../words';
import { ClockNote } from '../ClockNote';
import { Offers } from '../Offers';
import { Problem, shareProblem } from '../Problem';
import { PresenceList } from '../WhoIsInCard';
import { YourLeases } from './YourLeases';

/** An entity's tab: what the reader holds here, what they can have, and who is in. */
export const AccessTab = () => {
  const t = useTranslate();
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const name = entity.metadata.title ?? entity.metadata.name;
  const me = useMe();
  const now = useNow(30_000);
  const { outage, looks, refresh } = shareProblem({
    offers: useOffers(entityRef),
    presence: usePresence(entityRef),
    leases: useLeases({ subject: 'me', entityRef }, { count: 50 }),
  });
  const { offers, presence, leases } = looks;
  const held = (leases.value?.items ?? []).filter(
    lease => phaseOf(lease, now) !== 'past',
  );
  const problem = outage && (
    <Problem
      spaced
      error={outage}
      stale={Boolean(leases.value)}
      onRetry={refresh}
    />
  );

  if (outage && !leases.value && !offers.value) {
    return <>{problem}</>;
  }
  return (
    <>
      {problem}
      <ClockNote />
      <Grid container spacing={3}>
        <Grid item xs={12} md={8}>
          <Grid container spacing={3} direction="column" wrap="nowrap">
            <Grid item>
              <InfoCard title={t('tab.yours')} noPadding>
                <YourLeases
                  entityRef={entityRef}
                  reader={{ me }}
                  leases={leases}
                />
              </InfoCard>
            </Grid>
            <Grid item>
              <InfoCard title={t('offer.heading')} noPadding>
                <Offers
                  entityRef={entityRef}
                  entityName={name}
                  offers={offers}
                  held={held}
                />
              </InfoCard>
            </Grid>
          </Grid>
        </Grid>
        <Grid item xs={12} md={4}>
          <InfoCard title={t('presence.title')}>
            <PresenceList presence={presence} />
          </InfoCard>
        </Grid>
      </Grid>
    </>
  );
};
