import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Lease, Page } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
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

const useStyles = makeStyles(theme => ({
  padded: { padding: theme.spacing(2, 2.5) },
  past: {
    padding: theme.spacing(1.5, 2.5),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
}));

const NONE: Lease[] = [];

interface YourLeasesProps {
  entityRef: string;
  reader: Reader;
  leases: Live<Page<Lease>>;
}

/** The reader's leases on one entity: what lives, what waits, and what has just ended. */
export const YourLeases = ({ entityRef, reader, leases }: YourLeasesProps) => {
  const classes = useStyles();
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
      {(error || !shown.length) && (
        <div className={classes.padded}>
          {error && (
            <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
          )}
          {!value && !error && <Waiting />}
          {value && !shown.length && (
            <Typography variant="body2">{t('tab.noneYours')}</Typography>
          )}
        </div>
      )}
      {shown.length > 0 && (
        <LeaseList
          label={t('tab.yours')}
          leases={shown}
          reader={reader}
          onOpen={({ id }) => setOpened(id)}
        />
      )}
      {past && pageLink && (
        <Typography variant="body2" className={classes.past}>
          <Link to={`${pageLink()}?target=${encodeURIComponent(entityRef)}`}>
            {t('tab.past')}
          </Link>
        </Typography>
      )}
      {opened && (
        <LeaseDrawer
          leaseId={opened}
          reader={reader}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  );
};
