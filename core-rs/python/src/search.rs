//! Knowledge search.

use clientsvia_telephony::search;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::text::Text;

/// Finds the short English texts that share the most telling words with a query (BM25).
#[pyclass(frozen, module = "clientsvia._core")]
pub(crate) struct Index(search::Index);

#[pymethods]
impl Index {
    #[new]
    fn new(py: Python<'_>, documents: Vec<Bound<'_, PyString>>) -> PyResult<Self> {
        let texts = documents.iter().map(|document| document.as_any().extract());
        let texts: Vec<Text<'_>> = texts.collect::<PyResult<_>>()?;
        let documents: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        Ok(Self(py.detach(|| search::Index::new(&documents))))
    }

    /// The best matches as (position of the document, score), best first.
    ///
    /// Equal scores come in the documents' order; documents without a word of the query do not
    /// come at all.
    #[pyo3(signature = (query, limit = 3))]
    fn search(&self, query: Text<'_>, limit: usize) -> Vec<(usize, f32)> {
        let matches = self.0.search(query.as_ref(), limit);
        matches
            .iter()
            .map(|found| (found.position, found.score))
            .collect()
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }
}
