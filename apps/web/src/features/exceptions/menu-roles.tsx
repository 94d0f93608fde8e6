/** Mantine's items call themselves plain ones whatever they are told; one of a choice must say that it is one. For `renderRoot`. */
export const asRadio = (props: object) => <button {...props} role="menuitemradio" />;

/** One of several that are on or off. */
export const asCheckbox = (props: object) => <button {...props} role="menuitemcheckbox" />;
