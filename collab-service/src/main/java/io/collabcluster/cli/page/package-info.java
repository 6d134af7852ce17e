/** The page at {@code /}: a document with comments beside it. May import every package below {@code cli}. */
package io.collabcluster.cli.page;
