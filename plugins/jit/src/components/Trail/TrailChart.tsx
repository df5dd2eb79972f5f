import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';
import { byTarget, LifeTable, livesIn } from '../LifeChart';
import { spanOf } from './TrailPeriod';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(3) },
}));

interface TrailChartProps {
  leases: Lease[];
  /** Set when there are older ones that are not among them. */
  cut: boolean;
  /** The period, as the backend is asked for it. */
  bounds: { from?: string; to?: string };
  now: number;
  onOpen: (lease: Lease) => void;
}

/** When somebody had what, target by target. Nothing where nothing was ever granted. */
export const TrailChart = (props: TrailChartProps) => {
  const { leases, cut, bounds, now, onOpen } = props;
  const classes = useStyles();
  const t = useTranslate();
  const span = spanOf(bounds, leases, now);
  const lives = span ? byTarget(livesIn(leases, span, now)) : [];
  if (!span || !lives.length) {
    return null;
  }
  return (
    <section className={classes.root} aria-label={t('trail.chart')}>
      <Typography variant="h6" component="h2" gutterBottom>
        {t('trail.chart')}
      </Typography>
      <LifeTable
        lives={lives}
        span={span}
        now={now}
        label={t('trail.chartTable')}
        what={t('trail.chartWhat')}
        none=""
        rows={12}
        cutAfter={cut ? leases.length : undefined}
        onOpen={onOpen}
      />
    </section>
  );
};
