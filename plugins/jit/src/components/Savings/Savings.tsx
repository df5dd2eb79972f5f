import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { durationWords } from '../../time';
import { useTranslate } from '../../translation';
import { formatMoney } from '../../words';
import { totalsOf } from './totalsOf';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    margin: theme.spacing(1.5, 0, 0),
    '& > div': {
      flex: '1 1 200px',
      padding: theme.spacing(1.5, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
    },
    '& dd': { margin: 0 },
  },
  section: { marginTop: theme.spacing(4) },
}));

/** What leases cost and saved, each number with the question that it answers; nothing where nobody knows a price. */
export const Savings = ({ leases }: { leases: Lease[] }) => {
  const classes = useStyles();
  const t = useTranslate();
  const { cost, reclaimed, avoided, baselinesMs } = totalsOf(leases);
  const numbers = [
    { sums: cost, name: t('saved.cost'), how: t('saved.costHow') },
    {
      sums: reclaimed,
      name: t('saved.reclaimed'),
      how: t('saved.reclaimedHow'),
    },
    {
      sums: avoided,
      name: t('saved.avoided'),
      how: t('saved.avoidedHow', {
        durations: baselinesMs
          .map(each => durationWords(t, each))
          .join(` ${t('status.or')} `),
      }),
    },
  ].filter(({ sums }) => sums.length > 0);
  if (!numbers.length) {
    return null;
  }
  return (
    <section className={classes.section} aria-label={t('saved.title')}>
      <Typography variant="h6" component="h2">
        {t('saved.title')}
      </Typography>
      <Typography variant="body2">{t('saved.text')}</Typography>
      <dl className={classes.root}>
        {numbers.map(({ sums, name, how }) => (
          <div key={name}>
            <Typography component="dt" variant="body2">
              <strong>{name}</strong>
            </Typography>
            <dd>
              <Typography variant="h5" component="p">
                {sums
                  .map(each => formatMoney(each.amount, each.currency))
                  .join(` ${t('saved.and')} `)}
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {how}
              </Typography>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
