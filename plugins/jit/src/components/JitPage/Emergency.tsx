import Paper from '@material-ui/core/Paper';
import { useOffers } from '../../hooks';
import { useTranslate } from '../../translation';
import { EmergencyOffers } from '../Offers';
import { Section } from './Section';

/** While the catalog does not answer no entity has a page: here is what the glass can be broken for meanwhile. Nothing at any other time. */
export const Emergency = () => {
  const t = useTranslate();
  const { value } = useOffers();
  if (!value?.catalogAsOf) {
    return null;
  }
  return (
    <Section title={t('breakGlass.emergency')}>
      <Paper variant="outlined">
        <EmergencyOffers
          offers={value}
          catalogAsOf={value.catalogAsOf}
          showTarget
        />
      </Paper>
    </Section>
  );
};
