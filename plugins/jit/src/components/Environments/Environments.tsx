import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { useLeases } from '../../hooks';
import { useTranslate } from '../../translation';
import { Reader } from '../../words';
import { Announcer } from '../Announcer';
import { EmptyHint } from '../EmptyHint';
import { LeaseEntries } from '../LeaseEntries';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';
import { LastMonth } from './LastMonth';

/** More than anybody looks through; the page that filters has the rest. */
const MOST_SHOWN = 100;

const NONE: Lease[] = [];

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 420px), 1fr))',
    alignItems: 'start',
  },
}));

interface EnvironmentsProps {
  reader: Reader;
  onOpen: (lease: { id: string }) => void;
}

/** All infrastructure that the reader may see, their own and what is on what they own: what lives, and what the last month was like. */
export const Environments = ({ reader, onOpen }: EnvironmentsProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { value, error, refresh } = useLeases(
    {
      kind: 'infrastructure',
      state: ['requested', 'approved', 'granting', 'active', 'revoking'],
    },
    { count: MOST_SHOWN },
  );
  const items = value?.items ?? NONE;

  return (
    <>
      <Announcer leases={items} />
      {error && (
        <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
      )}
      {!value && !error && <Waiting />}
      {value && !items.length && (
        <EmptyHint framed title={t('environment.empty')}>
          {t('environment.emptyHow')}
        </EmptyHint>
      )}
      {items.length > 0 && (
        <ul className={classes.root} aria-label={t('environment.lives')}>
          <LeaseEntries
            leases={items}
            reader={reader}
            showTarget
            card
            onOpen={onOpen}
          />
        </ul>
      )}
      <LastMonth onOpen={onOpen} />
    </>
  );
};
