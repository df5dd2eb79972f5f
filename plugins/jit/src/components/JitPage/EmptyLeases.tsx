import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { catalogIndexRouteRef } from '../../routes';
import { useTranslate } from '../../translation';
import { EmptyHint } from '../EmptyHint';

interface EmptyLeasesProps {
  mine: boolean;
  /** Set when filters are why it is empty. */
  onClear?: () => void;
}

/** Why there is nothing here, and how that changes. */
export const EmptyLeases = ({ mine, onClear }: EmptyLeasesProps) => {
  const t = useTranslate();
  const catalog = useRouteRef(catalogIndexRouteRef);
  if (onClear) {
    return (
      <EmptyHint
        framed
        title={t('page.emptyFilter')}
        action={
          <Button variant="outlined" onClick={onClear}>
            {t('page.clearFilters')}
          </Button>
        }
      >
        {t('page.emptyFilterHow')}
      </EmptyHint>
    );
  }
  return (
    <EmptyHint
      framed
      title={t(mine ? 'page.emptyMine' : 'page.emptyEverything')}
      action={
        catalog && (
          <LinkButton to={catalog()} variant="contained" color="primary">
            {t('page.openCatalog')}
          </LinkButton>
        )
      }
    >
      {t(mine ? 'page.emptyMineHow' : 'page.emptyEverythingHow')}
    </EmptyHint>
  );
};
