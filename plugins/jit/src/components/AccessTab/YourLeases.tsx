import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Lease, Page } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useMemo, useState } from 'react';
import { Live, useNow } from '../../hooks';
import { pageRouteRef } from '../../routes';
import { useTranslate } from '../../translation';
import { phaseOf, Reader } from '../../words';
import { Announcer } from '../Announcer';
import { LeaseDrawer } from '../LeaseDrawer';
import { LeaseList } from '../LeaseList';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';
import { worthShowing } from './worthShowing';

const NONE: Lease[] = [];

interface YourLeasesProps {
  entityRef: string;
  reader: Reader;
  leases: Live<Page<Lease>>;
}

/** The reader's leases on one entity: what lives, what waits, and what has just ended. */
export const YourLeases = ({ entityRef, reader, leases }: YourLeasesProps) => {
  const t = useTranslate();
  const now = useNow(15_000);
  const pageLink = useRouteRef(pageRouteRef);
  const [opened, setOpened] = useState<string>();
  const { value, error, refresh } = leases;
  const items = value?.items ?? NONE;
  const shown = useMemo(() => worthShowing(items, now), [items, now]);
  const past = items.some(lease => phaseOf(lease, now) === 'past');

  return (
    <>
      <Announcer leases={items} />
      {error && (
        <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
      )}
      {!value && !error && <Waiting />}
      {shown.length > 0 && (
        <LeaseList
          label={t('tab.yours')}
          leases={shown}
          reader={reader}
          onOpen={({ id }) => setOpened(id)}
        />
      )}
      {value && !shown.length && (
        <Typography variant="body2">{t('tab.noneYours')}</Typography>
      )}
      {past && pageLink && (
        <Typography variant="body2" style={{ marginTop: 12 }}>
          <Link to={`${pageLink()}?target=${encodeURIComponent(entityRef)}`}>
            {t('tab.past')}
          </Link>
        </Typography>
      )}
      {opened && (
        <LeaseDrawer leaseId={opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  );
};
