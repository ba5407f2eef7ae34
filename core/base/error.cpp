namespace kinora::core {}
