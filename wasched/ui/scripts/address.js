// The address of this page with one thing said otherwise, from its first page on.
window.addressWith = (name, value) => {
  const said = new URLSearchParams(location.search);
  if (value.trim()) said.set(name, value.trim());
  else said.delete(name);
  said.delete("cursor");
  return `${location.pathname}?${said}`;
};
