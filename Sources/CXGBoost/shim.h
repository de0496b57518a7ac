#ifndef ASSAY_CXGBOOST_SHIM_H
#define ASSAY_CXGBOOST_SHIM_H
#include <xgboost/c_api.h>
#endif
