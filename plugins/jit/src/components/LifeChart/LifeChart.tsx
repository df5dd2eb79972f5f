import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { Axis } from './Axis';
import { LifeRow } from './LifeRow';
import { livesIn } from './lives';

const DAY_MS = 86_400_000;

/** How many days are looked at. */
const ZOOMS = [1, 7, 30] as const;

const ROWS = 25;

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
  frame: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    padding: theme.spacing(1, 2, 1.5),
  },
  table: {
    width: '100%',
    tableLayout: 'fixed',
    borderCollapse: 'collapse',
    '& th:first-child': { width: '34%' },
  },
  more: { marginTop: theme.spacing(1) },
}));

interface LifeChartProps {
  leases: Lease[];
  /** Set when there are older ones that are not among them. */
  cut: boolean;
  onOpen: (lease: Lease) => void;
}

/** When each environment lived, a row each: a picture for who sees it, a table for who hears it. */
export const LifeChart = ({ leases, cut, onOpen }: LifeChartProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(60_000);
  const [days, setDays] = useState<number>(30);
  const [shown, setShown] = useState(ROWS);
  const span = { from: now - days * DAY_MS, to: now };
  const lives = livesIn(leases, span);

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
      <div className={classes.frame}>
        {lives.length > 0 ? (
          <table className={classes.table} aria-label={t('life.table')}>
            <Axis span={span} />
            <tbody>
              {lives.slice(0, shown).map(life => (
                <LifeRow
                  key={life.lease.id}
                  life={life}
                  span={span}
                  onOpen={onOpen}
                />
              ))}
            </tbody>
          </table>
        ) : (
          <Typography variant="body2">{t('life.none')}</Typography>
        )}
        {lives.length > shown && (
          <Button
            className={classes.more}
            size="small"
            variant="outlined"
            onClick={() => setShown(shown + ROWS)}
          >
            {t('life.more', { count: lives.length - shown })}
          </Button>
        )}
        {cut && (
          <Typography variant="body2" className={classes.more}>
            {t('life.cut', { n: String(leases.length) })}
          </Typography>
        )}
      </div>
    </section>
  );
};
