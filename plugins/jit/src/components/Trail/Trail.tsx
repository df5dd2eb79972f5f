import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useLeases, useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { readFilter } from '../JitPage/LeaseFilter';
import { LeaseFilters } from '../JitPage/LeaseFilters';
import { RefField } from '../JitPage/RefField';
import { Search } from '../JitPage/useSearch';
import { Listing } from '../Listing';
import { ExportPanel } from './ExportPanel';
import { PeriodChoice } from './PeriodChoice';
import { TrailChart } from './TrailChart';
import { boundsOf, readPeriod } from './TrailPeriod';
import { TrailRow } from './TrailRow';

const PAGE = 50;
const HOUR_MS = 3_600_000;

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
  },
  more: { marginTop: theme.spacing(1.5) },
}));

interface TrailProps {
  search: Search;
  onOpen: (lease: { id: string }) => void;
}

/** Who had what, and when: filtered, with the history of each, and as a file. */
export const Trail = ({ search, onOpen }: TrailProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const [count, setCount] = useState(PAGE);
  const now = useNow(60_000);
  // What the last days are is not another question each minute; they are rather too long than too short.
  const hour = useNow(HOUR_MS) - HOUR_MS;
  const filter = readFilter(search);
  const { kind, state, target, person } = filter;
  const profileId = search.get('profile');
  const period = readPeriod(search);
  const bounds = boundsOf(period, hour);
  const live = useLeases(
    {
      ...bounds,
      ...(state && { state: [state] }),
      ...(kind && { kind }),
      ...(target && { entityRef: target }),
      ...(person && { subject: person }),
      ...(profileId && { profileId }),
    },
    { count },
  );
  const { value, loading } = live;
  const leases = value?.items ?? [];

  return (
    <>
      <Typography variant="body2" paragraph>
        {t('trail.text')}
      </Typography>
      <LeaseFilters
        filter={filter}
        byPerson
        onChange={part => search.set(part)}
      >
        <RefField
          id="jit-trail-profile"
          label={t('trail.profile')}
          example="orders-db-read"
          value={profileId}
          onChange={profile => search.set({ profile })}
        />
        <PeriodChoice
          period={period}
          now={now}
          onChange={part => search.set(part)}
        />
      </LeaseFilters>
      <Listing
        live={live}
        isEmpty={!leases.length}
        empty={t('trail.empty')}
        emptyHow={t('trail.emptyHow')}
      >
        <TrailChart
          leases={leases}
          cut={Boolean(value?.nextCursor)}
          bounds={bounds}
          now={now}
          onOpen={onOpen}
        />
        <ul className={classes.list} aria-label={t('trail.list')}>
          {leases.map(lease => (
            <TrailRow key={lease.id} lease={lease} now={now} onOpen={onOpen} />
          ))}
        </ul>
        {value?.nextCursor && (
          <Button
            className={classes.more}
            variant="outlined"
            disabled={loading}
            onClick={() => setCount(leases.length + PAGE)}
          >
            {t(loading ? 'page.showingMore' : 'page.showMore')}
          </Button>
        )}
      </Listing>
      <ExportPanel bounds={bounds} />
    </>
  );
};
