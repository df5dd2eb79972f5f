import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useOffers } from '../../hooks';
import { useTranslate } from '../../translation';
import { EmergencyOffers } from '../Offers';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(4) },
}));

/** While the catalog does not answer no entity has a page: here is what the glass can be broken for meanwhile. Nothing at any other time. */
export const Emergency = () => {
  const classes = useStyles();
  const t = useTranslate();
  const { value } = useOffers();
  if (!value?.catalogAsOf) {
    return null;
  }
  return (
    <section className={classes.root} aria-label={t('breakGlass.emergency')}>
      <Typography variant="h6" component="h2" gutterBottom>
        {t('breakGlass.emergency')}
      </Typography>
      <Paper variant="outlined">
        <EmergencyOffers
          offers={value}
          catalogAsOf={value.catalogAsOf}
          showTarget
        />
      </Paper>
    </section>
  );
};
