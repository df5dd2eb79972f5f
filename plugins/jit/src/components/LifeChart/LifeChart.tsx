import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { LifeTable } from './LifeTable';
import { livesIn } from './lives';

const DAY_MS = 86_400_000;

/** How many days are looked at. */
const ZOOMS = [1, 7, 30] as const;

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(4) },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 2),
    alignItems: 'center',
    justifyContent: 'space-between',
    marginBottom: theme.spacing(1.5),
  },
}));

interface LifeChartProps {
  leases: Lease[];
  /** Set when there are older ones that are not among them. */
  cut: boolean;
  onOpen: (lease: Lease) => void;
}

/** When each environment of the last days lived. */
export const LifeChart = ({ leases, cut, onOpen }: LifeChartProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(60_000);
  const [days, setDays] = useState<number>(30);
  const span = { from: now - days * DAY_MS, to: now };

  return (
    <section className={classes.root} aria-label={t('life.title')}>
      <div className={classes.head}>
        <Typography variant="h6" component="h2">
          {t('life.title')}
        </Typography>
        <ButtonGroup size="small" aria-label={t('life.zoom')}>
          {ZOOMS.map(zoom => (
            <Button
              key={zoom}
              variant={zoom === days ? 'contained' : 'outlined'}
              color={zoom === days ? 'primary' : 'default'}
              aria-pressed={zoom === days}
              onClick={() => setDays(zoom)}
            >
              {t('life.days', { count: zoom })}
            </Button>
          ))}
        </ButtonGroup>
      </div>
      <LifeTable
        lives={livesIn(leases, span, now)}
        span={span}
        now={now}
        label={t('life.table')}
        what={t('life.what')}
        none={t('life.none')}
        rows={25}
        cutAfter={cut ? leases.length : undefined}
        onOpen={onOpen}
      />
    </section>
  );
};
