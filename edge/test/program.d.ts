/** The package has no types: its main module is the path of the program. */
declare module "workerd" {
  const path: string & { default?: string };
  export default path;
}
