import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    overflowWrap: 'anywhere',
    '& *': { overflowWrap: 'anywhere', whiteSpace: 'normal' },
  },
});

interface EntityNameProps {
  entityRef: string;
  /** Whether it leads to the entity's page. */
  link?: boolean;
}

/** A person or a thing of the catalog by its own name; whatever is no entity ref as it is. */
export const EntityName = ({ entityRef, link }: EntityNameProps) => {
  const classes = useStyles();
  if (!isEntityRef(entityRef)) {
    return <span className={classes.root}>{entityRef}</span>;
  }
  return (
    <span className={classes.root}>
      {link ? (
        <EntityRefLink entityRef={entityRef} hideIcon />
      ) : (
        <EntityDisplayName entityRef={entityRef} hideIcon />
      )}
    </span>
  );
};

function isEntityRef(text: string): boolean {
  try {
    return Boolean(parseEntityRef(text).name) && !text.startsWith('system:');
  } catch {
    return false;
  }
}
